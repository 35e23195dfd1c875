Feature: Other ways to invite in the owner's name
  Adele may invite for Alex by way of his mailbox, too, and sends a request twice when in doubt.
  Everybody whom she invites learns of it, and nobody twice.
  Page: https://learn.microsoft.com/en-us/graph/api/calendar-post-events?view=graph-rest-1.0

  Background:
    Given Alex has delegated his calendar to Adele
    And these meetings are planned
      | meeting          | day      | from  | to    | answers    | other times |
      | Team lunch       | 12 March | 12:00 | 13:00 |            |             |
      | Wine tasting     | 12 March | 18:00 | 21:00 |            |             |
      | Strategy         | 13 March | 09:00 | 11:00 | not wanted | not welcome |
      | Focus time       | 13 March | 13:00 | 15:00 |            |             |
      | Quarterly review | 14 March | 10:00 | 12:00 |            |             |
      | Errand           | 16 March | 08:00 | 08:30 |            |             |
      | Small rally      | 17 March | 15:00 | 16:00 |            |             |
      | Rally            | 17 March | 16:00 | 17:00 |            |             |

  Rule: A delegate may invite by way of the owner's mailbox instead of her copy

    Background:
      Given Adele has invited Megan and Christie to "Team lunch" by way of Alex's mailbox

    @INV-23
    Scenario: The owner's mailbox takes a delegate's event
      When Adele looks at the event she created
      Then the service answers 201
      And the answer is an event and no message

    @INV-23
    Scenario: The owner organizes what is created by way of his mailbox
      When Adele looks at the event she created
      Then the event is organized by the owner of its calendar
      And the organizer is Alex

    @INV-23
    Scenario: What is created by way of the owner's mailbox is in his calendar
      When Alex looks at the event in his calendar
      Then the answer brings an item
      And the attendees are exactly Megan and Christie

    @INV-23
    Scenario Outline: The invitation by way of the owner's mailbox reaches <invitee>
      When <invitee> looks at the invitation
      Then the invitation has reached <invitee>
      And the message is a meeting request

      Examples:
        | invitee  |
        | Megan    |
        | Christie |

  Rule: Everybody who is invited learns of it, also who need not come

    Background:
      Given Adele has invited Megan, and Christie optionally, to "Wine tasting" in Alex's calendar

    @INV-08
    Scenario Outline: An invitation reaches <invitee>, who <comes>
      When <invitee> looks at the invitation
      Then the invitation has reached <invitee>

      Examples:
        | invitee  | comes         |
        | Megan    | is expected   |
        | Christie | need not come |

    @INV-06
    Scenario: Optional attendees are attendees
      When Adele looks at the event she created
      Then the attendees are exactly Megan and Christie

    @INV-10
    Scenario: Attendees are required or optional as they are invited
      When Adele looks at the event she created
      Then Megan is required
      And Christie is optional

  Rule: What the organizer decides takes the place of the defaults, and nothing else does

    @INV-13
    Scenario: A meeting that wants no answers does not ask for them
      Given Adele has invited Megan to "Strategy" in Alex's calendar
      When Adele looks at the event she created
      Then the attendees are not asked to respond

    @INV-13
    Scenario: An invitee is not asked to respond where no answers are wanted
      Given Adele has invited Megan to "Strategy" in Alex's calendar
      When Megan looks at the event of the invitation
      Then the attendees are not asked to respond

    @INV-13
    Scenario: Other times are not welcome where the organizer says so
      Given Adele has invited Megan to "Strategy" in Alex's calendar
      When Adele looks at the event she created
      Then no other time may be proposed

    @INV-12
    Scenario: An event without attendees has the same defaults
      Given Alex has entered "Focus time" in his calendar
      When Alex looks at the event he created
      Then the event has the defaults of a plain meeting

  Rule: A transaction id protects against making an event twice

    @INV-24 @observed
    Scenario: A request sent again is answered with the event that it has made
      Given Adele has invited Megan to "Quarterly review" in Alex's calendar
      When Adele sends the same request again
      Then the answer is the event that was created first

    @INV-24
    Scenario: A request sent again makes no second event
      Given Adele has invited Megan to "Quarterly review" in Alex's calendar
      And Adele has sent the same request again
      When Alex views the day of "Quarterly review" from 10:00 to 12:00
      Then "Quarterly review" is shown once

    @INV-24 @observed
    Scenario: A request sent again invites nobody twice
      Given Adele has invited Megan to "Quarterly review" in Alex's calendar
      And Adele has sent the same request again
      When Megan looks for further messages about the meeting in her inbox
      Then no further message about the meeting is there

    @INV-24 @observed
    Scenario: The transaction id that was set comes back
      Given Adele has invited Megan to "Quarterly review" in Alex's calendar
      When Adele looks at the event she created
      Then the event bears the transaction id it was given

    @INV-24
    Scenario: A later change does not replace the transaction id
      Given Alex has entered "Focus time" in his calendar
      And Alex has renamed the meeting to "Quiet time", with another transaction id
      When Alex looks at the event again
      Then the event bears no other transaction id than it was given

    @INV-24
    Scenario: An event made without a transaction id shows none
      Given Alex has entered "Errand" in his calendar without a transaction id
      When Alex looks at the event he created
      Then the event bears no transaction id

  Rule: An event has at most 500 attendees

    @INV-25
    Scenario: An event cannot have 501 attendees
      Given Alex has invited 2 people who do not exist to "Small rally"
      When Alex invites 501 people who do not exist to "Rally"
      Then no event is created
