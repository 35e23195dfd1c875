Feature: What the roles on a calendar allow
  Alex gives Christie one role after another, and Adele those of a delegate. Each role is a table:
  what its holder may do, how, and what follows. What becomes of private events is told elsewhere.
  Page: https://learn.microsoft.com/en-us/graph/outlook-share-or-delegate-calendar

  Background:
    Given these meetings are planned
      | meeting | day      | from  | to    | place        | text                   |
      | Lunch   | 14 March | 12:00 | 13:00 | Harbour room | We shall talk of Oslo. |
      | Draft   | 15 March | 09:00 | 10:00 |              |                        |
      | Trip    | 16 March | 09:00 | 10:00 |              |                        |
      | Idea    | 17 March | 09:00 | 10:00 |              |                        |
    And Alex has invited Megan to "Lunch"

  Rule: Nobody but the organisation can have the role none

    @PRM-01
    Scenario: Who has no access has no permission
      Given Diego has no role on Alex's calendar
      When Alex lists the permissions on his calendar
      Then the list does not mention Diego

    @PRM-01
    Scenario: Where the organisation has the role none, nobody is told when the owner is busy
      Given everybody in Alex's organisation has the role "none" on his calendar
      And Diego has no role on Alex's calendar
      And Alex has found himself busy at "Lunch"
      When Diego asks if Alex is busy at "Lunch"
      Then Alex is not busy

  Rule: Without a role, people see what the organisation may see

    Background:
      Given everybody in Alex's organisation has the role "freeBusyRead" on his calendar
      And Diego has no role on Alex's calendar
      And Alex has entered "Draft" and "Trip" in his calendar

    @PRM-03 @observed
    Scenario: An outsider is told that access is denied, or that nothing is there
      When Diego asks for Alex's events
      Then the service refuses with 403 or 404
      And the error is called "ErrorAccessDenied or ErrorItemNotFound"

    Scenario Outline: An outsider <may>
      When Diego <does>
      Then <follows>

      @PRM-02
      Examples: What the organisation's role lets him do
        | may                    | does                                | follows               |
        | sees busy times        | asks if Alex is busy at "Lunch"     | Alex is busy, no more |
        | cannot create an event | enters "Idea" in Alex's calendar    | the service refuses   |
        | cannot change an event | renames "Draft" in Alex's calendar  | the service refuses   |
        | cannot remove an event | removes "Trip" from Alex's calendar | the service refuses   |

      @PRM-03
      Examples: What it does not show him
        | may                  | does                             | follows             |
        | cannot list events   | asks for Alex's events           | the service refuses |
        | cannot open an event | opens "Lunch" in Alex's calendar | the service refuses |

      @PRM-11
      Examples: What is the owner's business
        | may             | does                                           | follows               |
        | sees no roles   | asks for Alex's permissions in his mailbox     | no permission is told |
        | cannot share it | gives Megan the role "read" on Alex's calendar | the service refuses   |

  Rule: freeBusyRead shows when the owner is busy and no more

    Background:
      Given Christie has the role "freeBusyRead" on Alex's calendar
      And Alex has entered "Draft" and "Trip" in his calendar

    Scenario Outline: Who may read free/busy <may>
      When Christie <does>
      Then <follows>

      @PRM-02
      Examples: What the role allows
        | may             | does                                | follows                         |
        | sees busy times | asks if Alex is busy at "Lunch"     | Alex is busy, no more           |
        | sees no event   | opens "Lunch" in Alex's calendar    | nothing of "Lunch" is disclosed |
        | creates nothing | enters "Idea" in Alex's calendar    | the service refuses             |
        | changes nothing | renames "Draft" in Alex's calendar  | the service refuses             |
        | removes nothing | removes "Trip" from Alex's calendar | the service refuses             |

      @PRM-11
      Examples: What is the owner's business
        | may             | does                                           | follows               |
        | sees no roles   | asks for Alex's permissions in his mailbox     | no permission is told |
        | cannot share it | gives Megan the role "read" on Alex's calendar | the service refuses   |

      @PRM-12
      Examples: What a copy says, where there is one
        | may                   | does                | follows                               |
        | has no right to share | lists her calendars | Christie cannot share Alex's calendar |

      @PRM-15
      Examples: What it says of editing
        | may                  | does                | follows                              |
        | has no right to edit | lists her calendars | Christie cannot edit Alex's calendar |

    @PRM-02
    Scenario: Who may read free/busy reads no event in a list
      When Christie lists the events with "Lunch" in Alex's calendar in his mailbox
      Then nothing of "Lunch" is disclosed

  Rule: limitedRead adds title and place

    Background:
      Given Christie has the role "limitedRead" on Alex's calendar
      And Alex has entered "Draft" and "Trip" in his calendar

    Scenario Outline: Who may read in a limited way <may>
      When Christie <does>
      Then <follows>

      @PRM-04
      Examples: What the role allows
        | may                    | does                                | follows                   |
        | sees titles and places | asks if Alex is busy at "Lunch"     | Alex is busy with "Lunch" |
        | sees nothing else      | opens "Lunch" in Alex's calendar    | "Lunch" is shown in part  |
        | cannot create an event | enters "Idea" in Alex's calendar    | the service refuses       |
        | cannot change an event | renames "Draft" in Alex's calendar  | the service refuses       |
        | cannot remove an event | removes "Trip" from Alex's calendar | the service refuses       |

      @PRM-11
      Examples: What is the owner's business
        | may             | does                                           | follows               |
        | sees no roles   | asks for Alex's permissions in his mailbox     | no permission is told |
        | cannot share it | gives Megan the role "read" on Alex's calendar | the service refuses   |

      @PRM-12
      Examples: What a copy says, where there is one
        | may                   | does                | follows                               |
        | has no right to share | lists her calendars | Christie cannot share Alex's calendar |

      @PRM-15
      Examples: What it says of editing
        | may                  | does                | follows                              |
        | has no right to edit | lists her calendars | Christie cannot edit Alex's calendar |

    @PRM-04
    Scenario: Who may read in a limited way sees titles and places in a list
      When Christie lists the events with "Lunch" in Alex's calendar in his mailbox
      Then "Lunch" is shown in part

  Rule: read shows everything and changes nothing

    Background:
      Given Christie has the role "read" on Alex's calendar
      And Alex has entered "Draft" and "Trip" in his calendar

    Scenario Outline: A reader <may>
      When Christie <does>
      Then <follows>

      @PRM-05
      Examples: What she sees
        | may                   | does                             | follows                  |
        | sees an event in full | opens "Lunch" in Alex's calendar | "Lunch" is shown in full |

      @PRM-06
      Examples: What she cannot do
        | may                    | does                                | follows             |
        | cannot create an event | enters "Idea" in Alex's calendar    | the service refuses |
        | cannot change an event | renames "Draft" in Alex's calendar  | the service refuses |
        | cannot remove an event | removes "Trip" from Alex's calendar | the service refuses |

      @PRM-11
      Examples: What is the owner's business
        | may             | does                                           | follows               |
        | sees no roles   | asks for Alex's permissions in his mailbox     | no permission is told |
        | cannot share it | gives Megan the role "read" on Alex's calendar | the service refuses   |
        | keeps her role  | raises her role on Alex's calendar to "write"  | the service refuses   |

      @PRM-12
      Examples: What the copy says
        | may                   | does                | follows                               |
        | has no right to share | lists her calendars | Christie cannot share Alex's calendar |

      @SET-10
      Examples: What her list holds
        | may               | does                | follows                                       |
        | finds it once     | lists her calendars | at most one copy of Alex's calendar is listed |

      @PRM-13
      Examples: What she may do with the copy
        | may                 | does                                     | follows                 |
        | can rename her copy | calls her copy of Alex's calendar "Boss" | the service answers 200 |

      @PRM-15 @SET-10 @documented
      Examples: What the copy says of editing
        | may                  | does                | follows                              |
        | has no right to edit | lists her calendars | Christie cannot edit Alex's calendar |

    @PRM-06
    Scenario: A reader cannot create an event through her copy either
      When Christie enters "Idea" in Alex's calendar through her copy
      Then the service refuses

    @PRM-06 @observed
    Scenario Outline: A reader who <does> is refused with 403 or 404
      When Christie <does>
      Then the service refuses with 403 or 404

      Examples:
        | does                                |
        | enters "Idea" in Alex's calendar    |
        | renames "Draft" in Alex's calendar  |
        | removes "Trip" from Alex's calendar |

    @PRM-06
    Scenario: What a reader tries to change stays as it is
      When Christie renames "Draft" in Alex's calendar
      Then Alex finds "Draft" as he entered it

    @PRM-06
    Scenario: What a reader tries to remove stays where it is
      When Christie removes "Trip" from Alex's calendar
      Then Alex finds "Trip" as he entered it

    @PRM-13
    Scenario: A reader finds her copy under its new name
      When Christie looks at Alex's calendar, which Christie calls "Boss"
      Then the calendar is called "Boss"

    @SET-08
    Scenario: The copy tells a reader that private items do not show
      When Christie lists her calendars
      Then Christie cannot see private items in Alex's calendar

  Rule: A new role takes effect

    Background:
      Given Christie has the role "read" on Alex's calendar
      And Alex has since given Christie the role "write"

    @PRM-15
    Scenario: A reader who becomes a writer gets the right to edit
      When Christie lists her calendars
      Then Christie can edit Alex's calendar

    @PRM-15
    Scenario: A reader who becomes a writer can create an event
      When Christie enters "Idea" in Alex's calendar
      Then the service answers 201

  Rule: write changes what is not private

    Background:
      Given Christie has the role "write" on Alex's calendar
      And Alex has entered "Draft" and "Trip" in his calendar

    Scenario Outline: A writer <may>
      When Christie <does>
      Then <follows>

      @PRM-07
      Examples: What she may do
        | may                 | does                                | follows                  |
        | can open an event   | opens "Lunch" in Alex's calendar    | "Lunch" is shown in full |
        | can create an event | enters "Idea" in Alex's calendar    | the service answers 201  |
        | can change an event | renames "Draft" in Alex's calendar  | the service answers 200  |
        | can remove an event | removes "Trip" from Alex's calendar | the service answers 204  |

      @PRM-11
      Examples: What is the owner's business
        | may             | does                                           | follows               |
        | sees no roles   | asks for Alex's permissions in his mailbox     | no permission is told |
        | cannot share it | gives Megan the role "read" on Alex's calendar | the service refuses   |

      @PRM-12
      Examples: What the copy says
        | may                   | does                | follows                               |
        | has no right to share | lists her calendars | Christie cannot share Alex's calendar |

      @PRM-13
      Examples: What she may do with the copy
        | may                 | does                                     | follows                 |
        | can rename her copy | calls her copy of Alex's calendar "Boss" | the service answers 200 |

      @PRM-15
      Examples: What the copy says of editing
        | may                   | does                | follows                           |
        | has the right to edit | lists her calendars | Christie can edit Alex's calendar |

    @PRM-07
    Scenario: The owner finds what a writer has changed
      When Christie renames "Draft" in Alex's calendar
      Then Alex finds "Draft" renamed

    @PRM-07
    Scenario: The owner no longer finds what a writer has removed
      When Christie removes "Trip" from Alex's calendar
      Then Alex no longer finds "Trip"

    @PRM-13
    Scenario: A writer finds her copy under its new name
      When Christie looks at Alex's calendar, which Christie calls "Boss"
      Then the calendar is called "Boss"

    @SET-08
    Scenario: The copy tells a writer that private items do not show
      When Christie lists her calendars
      Then Christie cannot see private items in Alex's calendar

  Rule: A delegate writes and receives the meeting messages

    Background:
      Given Adele has the role "delegateWithoutPrivateEventAccess" on Alex's calendar
      And Alex has entered "Draft" and "Trip" in his calendar

    Scenario Outline: A delegate <may>
      When Adele <does>
      Then <follows>

      @PRM-09
      Examples: What she may do
        | may                 | does                                | follows                  |
        | can open an event   | opens "Lunch" in Alex's calendar    | "Lunch" is shown in full |
        | can create an event | enters "Idea" in Alex's calendar    | the service answers 201  |
        | can change an event | renames "Draft" in Alex's calendar  | the service answers 200  |
        | can remove an event | removes "Trip" from Alex's calendar | the service answers 204  |

      @PRM-11
      Examples: What is the owner's business
        | may             | does                                           | follows               |
        | sees no roles   | asks for Alex's permissions in his mailbox     | no permission is told |
        | cannot share it | gives Megan the role "read" on Alex's calendar | the service refuses   |

      @PRM-12
      Examples: What the copy says
        | may                   | does                | follows                            |
        | has no right to share | lists her calendars | Adele cannot share Alex's calendar |

      @PRM-13
      Examples: What she may do with the copy
        | may                 | does                                     | follows                 |
        | can rename her copy | calls her copy of Alex's calendar "Boss" | the service answers 200 |

      @PRM-15
      Examples: What the copy says of editing
        | may                   | does                | follows                        |
        | has the right to edit | lists her calendars | Adele can edit Alex's calendar |

    @PRM-09
    Scenario: A delegate receives the answer to what she has sent for the owner
      Given Alex's meeting messages are delivered by "sendToDelegateOnly"
      And Adele has invited Megan to "Idea" in Alex's calendar
      And Megan has answered positively: "Count me in."
      When Adele looks at Megan's answer
      Then Megan's answer has reached Adele

    @PRM-09
    Scenario: The owner finds what a delegate has changed
      When Adele renames "Draft" in Alex's calendar
      Then Alex finds "Draft" renamed

    @PRM-09
    Scenario: The owner no longer finds what a delegate has removed
      When Adele removes "Trip" from Alex's calendar
      Then Alex no longer finds "Trip"

    @SET-08
    Scenario: The copy tells a delegate that private items do not show
      When Adele lists her calendars
      Then Adele cannot see private items in Alex's calendar

  Rule: A delegate with private access writes as well

    Background:
      Given Adele has the role "delegateWithPrivateEventAccess" on Alex's calendar
      And Alex has entered "Draft" and "Trip" in his calendar

    Scenario Outline: A trusted delegate <may>
      When Adele <does>
      Then <follows>

      @PRM-10
      Examples: What she may do
        | may                 | does                                | follows                  |
        | can open an event   | opens "Lunch" in Alex's calendar    | "Lunch" is shown in full |
        | can create an event | enters "Idea" in Alex's calendar    | the service answers 201  |
        | can change an event | renames "Draft" in Alex's calendar  | the service answers 200  |
        | can remove an event | removes "Trip" from Alex's calendar | the service answers 204  |

      @PRM-11
      Examples: What is the owner's business
        | may             | does                                           | follows               |
        | sees no roles   | asks for Alex's permissions in his mailbox     | no permission is told |
        | cannot share it | gives Megan the role "read" on Alex's calendar | the service refuses   |

      @PRM-12
      Examples: What the copy says
        | may                   | does                | follows                            |
        | has no right to share | lists her calendars | Adele cannot share Alex's calendar |

      @PRM-13
      Examples: What she may do with the copy
        | may                 | does                                     | follows                 |
        | can rename her copy | calls her copy of Alex's calendar "Boss" | the service answers 200 |

      @PRM-15
      Examples: What the copy says of editing
        | may                   | does                | follows                        |
        | has the right to edit | lists her calendars | Adele can edit Alex's calendar |

    @PRM-10
    Scenario: The owner finds what a trusted delegate has changed
      When Adele renames "Draft" in Alex's calendar
      Then Alex finds "Draft" renamed

    @PRM-10
    Scenario: The owner no longer finds what a trusted delegate has removed
      When Adele removes "Trip" from Alex's calendar
      Then Alex no longer finds "Trip"

    @SET-09
    Scenario: The copy tells a trusted delegate that private items show
      When Adele lists her calendars
      Then Adele can see private items in Alex's calendar

  Rule: Nobody outside the organisation can be allowed to write

    @PRM-14
    Scenario: Somebody outside is not given the role write
      When Alex gives somebody outside the role "write"
      Then the role "write" is not given

    @PRM-14 @observed
    Scenario: The roles for somebody outside end with read
      When Alex gives somebody outside the role "freeBusyRead"
      Then the permission allows nothing beyond reading
