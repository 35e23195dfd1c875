Feature: Sharing and delegating a calendar
  Alex shares calendars and makes Adele his delegate. Each of them sees his calendar from the own
  mailbox; who may do what in it, and who receives the meeting messages, is for Alex to say.
  Page: https://learn.microsoft.com/en-us/graph/outlook-share-or-delegate-calendar

  Rule: A delegated calendar can be read in both mailboxes, by ids of their own

    Background:
      Given Alex has delegated his calendar to Adele
      And these meetings are planned
        | meeting     | day      | from  | to    |
        | Parents day | 12 March | 09:00 | 10:30 |
      And Alex has entered "Parents day" in his calendar

    @SET-11
    Scenario: A delegate's calendars are the same when she is named
      When Adele lists her calendars by her address
      Then the service answers 200 with a collection
      And they are the calendars that Adele lists without it

    @SET-12
    Scenario: The calendar is found in its owner's mailbox
      When Adele reads Alex's calendar in his mailbox
      Then the service answers 200
      And the answer brings an item
      And the calendar belongs to Alex

    @SET-13
    Scenario: The id in the owner's mailbox is another than that of the copy
      When Adele reads Alex's calendar in his mailbox
      Then it has another id than the copy of Alex's calendar in Adele's mailbox

    Scenario Outline: A delegate reads the calendar <way>
      When Adele reads Alex's calendar <way>
      Then the service answers 200
      And the answer brings an item
      And the calendar belongs to Alex

      @SET-15
      Examples: In her own mailbox
        | way              |
        | through her copy |

      @SET-16
      Examples: In the owner's mailbox
        | way            |
        | in his mailbox |

    Scenario Outline: A delegate lists the events of the calendar <way>
      When Adele lists the events of Alex's calendar <way>
      Then the service answers 200 with a collection
      And "Parents day" is shown once

      @SET-15
      Examples: In her own mailbox
        | way              |
        | through her copy |

      @SET-16
      Examples: In the owner's mailbox
        | way            |
        | in his mailbox |

    Scenario Outline: A delegate opens an event of the calendar <way>
      When Adele opens the event in Alex's calendar <way>
      Then the service answers 200
      And the answer brings an item
      And the event is called "Parents day"

      @SET-15
      Examples: In her own mailbox
        | way              |
        | through her copy |

      @SET-16
      Examples: In the owner's mailbox
        | way            |
        | in his mailbox |

    @SET-14
    Scenario Outline: The id of the <thing> in the owner's mailbox is good there only
      When Adele uses the id of the <thing> in Alex's mailbox in her own
      Then the service refuses

      Examples:
        | thing    |
        | calendar |
        | event    |

    @SET-14 @observed
    Scenario Outline: The <thing> that has another id in her mailbox is not found
      When Adele uses the id of the <thing> in Alex's mailbox in her own
      Then the service refuses with 404
      And the error is called "ErrorItemNotFound"

      Examples:
        | thing    |
        | calendar |
        | event    |

  Rule: A primary calendar keeps count of the answers

    Background:
      Given Alex has delegated his calendar to Adele

    @SET-32
    Scenario: The primary calendar keeps count of the answers
      When Alex looks at his calendar
      Then the calendar keeps count of the answers

    @SET-32 @observed
    Scenario: The copy of a primary calendar says that it keeps count of the answers
      When Adele reads Alex's calendar through her copy
      Then the calendar keeps count of the answers

  Rule: A copy has the name that its reader gives it, for her alone

    Background:
      Given Alex has delegated his calendar to Adele

    @SET-18
    Scenario: A delegate renames her copy
      When Adele calls her copy of Alex's calendar "Boss"
      Then the service answers 200
      And the calendar is called "Boss"

    @SET-18
    Scenario: The copy keeps its new name
      When Adele looks at Alex's calendar, which Adele calls "Boss"
      Then the calendar is called "Boss"

    @SET-19
    Scenario: The owner does not see the name that a delegate gives her copy
      When Alex looks at Alex's calendar, which Adele calls "Boss"
      Then the calendar is called what it was before

    @SET-19
    Scenario: Another sharee does not see the name that a delegate gives her copy
      Given Megan has the role "read" on Alex's calendar
      When Megan looks at Alex's calendar, which Adele calls "Boss"
      Then the calendar is called what it was before

    @SET-18
    Scenario: Nothing but the name of a copy can be changed
      When Adele tries to give her copy of Alex's calendar another colour
      Then the copy has the colour that it had before

  Rule: A calendar beside the primary one can be shared and not delegated

    Background:
      Given Alex has made a calendar "Kids parties"

    @SET-07
    Scenario: The copy of a shared calendar is called what the calendar is called
      Given Alex has shared the calendar he has made with Adele
      When Adele looks at her copy of it
      Then the calendar is called "Kids parties"

    @SET-32
    Scenario: Another calendar than the primary one keeps no count of the answers
      When Alex looks at the calendar he has made
      Then the calendar keeps no count of the answers

    @SET-20 @observed
    Scenario: The roles of a delegate are not offered for such a calendar
      When Alex shares the calendar he has made with Adele
      Then the permission allows none of the roles of a delegate

    @SET-27 @observed
    Scenario: Somebody outside the organisation may read at most
      When Alex shares the calendar he has made with somebody outside
      Then the permission allows nothing beyond reading

  Rule: The owner sees what everybody in the organisation may do in his calendar

    @SET-25
    Scenario: The permissions come as a collection
      When Alex lists the permissions on his calendar
      Then the service answers 200 with a collection

    @SET-25
    Scenario: The organisation has a permission
      When Alex lists the permissions on his calendar
      Then the list mentions the organisation once

    @SET-26
    Scenario: The organisation's permission stays
      When Alex looks at the organisation's permission on his calendar
      Then the permission cannot be removed

    @SET-26
    Scenario: The organisation is inside the organisation
      When Alex looks at the organisation's permission on his calendar
      Then the permission is for somebody inside the organisation

    @SET-26
    Scenario: The organisation has no address
      When Alex looks at the organisation's permission on his calendar
      Then the permission names no address

    @SET-26 @observed
    Scenario: The organisation sees who is free or busy and no more
      When Alex looks at the organisation's permission on his calendar
      Then the permission has the role "freeBusyRead"

  Rule: The owner sees what his delegate may do

    Background:
      Given Alex has delegated his calendar to Adele

    @SET-20
    Scenario: A delegate is inside the organisation
      When Alex looks at Adele's permission on his calendar
      Then the permission is for somebody inside the organisation

    @SET-27
    Scenario: A delegate's permission can be removed
      When Alex looks at Adele's permission on his calendar
      Then the permission can be removed

    @SET-27
    Scenario: A delegate's permission offers both roles of a delegate
      When Alex looks at Adele's permission on his calendar
      Then the permission allows both roles of a delegate

  Rule: The owner gives a permission, changes its role and takes it back

    Background:
      Given Diego has no role on Alex's calendar

    @SET-31
    Scenario: The owner gives a permission
      When Alex gives Diego the role "read"
      Then the service has created the permission

    @SET-31
    Scenario: The new permission is told in full
      When Alex gives Diego the role "read"
      Then the answer is one permission with an id
      And the permission is one of Diego
      And the permission has the role "read"
      And the permission allows the role that it has

    @SET-25 @SET-31
    Scenario: The new permission is in the list
      Given Alex has given Diego the role "read"
      When Alex lists the permissions on his calendar after that
      Then the list mentions Diego with the role "read"

    @SET-28
    Scenario: The owner changes a role to another that the permission allows
      Given Alex has given Diego the role "read"
      When Alex changes Diego's role to "write"
      Then the service answers 200
      And the permission has the role "write"

    @SET-28
    Scenario: The changed role is in the list
      Given Alex has given Diego the role "read"
      And Alex has changed Diego's role to "write"
      When Alex lists the permissions on his calendar after that
      Then the list mentions Diego with the role "write"

    @SET-29
    Scenario: A permission does not pass to another person
      Given Alex has given Diego the role "read"
      When Alex tries to make Diego's permission one of Megan
      Then the permission is refused or still one of Diego

    @SET-29
    Scenario: The list keeps the person whom a permission was given
      Given Alex has given Diego the role "read"
      And Alex has tried to make Diego's permission one of Megan
      When Alex lists the permissions on his calendar after that
      Then the list mentions Diego

    @SET-30
    Scenario: The owner takes a permission back
      Given Christie has no role on Alex's calendar
      And Alex has given Christie the role "read"
      When Alex takes Christie's permission back
      Then the service answers 204

    @SET-30
    Scenario: A permission that was taken back is no longer in the list
      Given Christie has no role on Alex's calendar
      And Alex has given Christie the role "read"
      And Alex has taken Christie's permission back
      When Alex lists the permissions on his calendar after that
      Then the list does not mention Christie

  Rule: Where meeting messages go is an option of the owner's mailbox

    @SET-21 @observed
    Scenario: Meeting messages go to delegates only unless the owner chooses otherwise
      When Diego looks at his mailbox settings
      Then the delivery option is "sendToDelegateOnly"

    @SET-22
    Scenario: The delivery option can be read alone
      When Alex looks at his delivery option alone
      Then the service answers 200
      And the delivery option is that of Alex's mailbox settings

    @SET-23
    Scenario: The owner chooses another delivery option
      When Alex chooses another delivery option
      Then the service answers 200
      And the delivery option is the one that was chosen

    @SET-23
    Scenario: The mailbox keeps the delivery option that was chosen
      When Alex looks at his mailbox settings, having chosen another delivery option
      Then the delivery option is the one that was chosen

  Rule: The option holds for all delegates alike

    Background:
      Given Alex has delegated his calendar to Adele
      And Megan has the role "delegateWithoutPrivateEventAccess" on Alex's calendar
      And these meetings are planned
        | meeting      | day      | from  | to    |
        | Budget talks | 16 March | 14:00 | 15:00 |
      And Alex has invited Christie to "Budget talks"
      And Christie has answered positively: "I bring the figures."

    @SET-24
    Scenario: The answer reaches one delegate
      When Adele looks at Christie's answer
      Then Christie's answer has reached Adele

    @SET-24 @observed
    Scenario: The answer reaches the other delegate
      # No property of Graph says whether a delegate receives copies, as one of Exchange does.
      When Megan looks at Christie's answer
      Then Christie's answer has reached Megan

  Rule: A delegate sees private items where the owner allows it

    @SET-09
    Scenario: A delegate with that right can see private items
      Given Adele has the role "delegateWithPrivateEventAccess" on Alex's calendar
      When Adele lists her calendars
      Then Adele can see private items in Alex's calendar
