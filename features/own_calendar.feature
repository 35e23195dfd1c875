Feature: A calendar of one's own
  Before anything is shared or delegated, everybody has a calendar. Alex enters a meeting in his and
  invites Adele to it: he organizes the meeting, and it is there as he has described it.
  Page: https://learn.microsoft.com/en-us/graph/api/resources/calendar

  Background:
    Given the meeting "Kick-off" is planned
      | day       | 11 February           |
      | from      | 18:00                 |
      | to        | 19:30                 |
      | time zone | Pacific Standard Time |
      | place     | The greenhouse        |
      | text      | We plan the garden.   |

  Rule: Everybody has a calendar, shared or not

    @SET-01
    Scenario: Calendars come as a collection
      When Adele lists her calendars
      Then the service answers 200 with a collection

    @SET-01 @observed
    Scenario: The collection says that it is one of calendars
      When Adele lists her calendars
      Then its context is that of calendars

    @SET-02
    Scenario Outline: <reader> owns a calendar
      When <reader> lists <own> calendars
      Then <reader>'s own calendar is listed

      Examples:
        | reader | own |
        | Adele  | her |
        | Alex   | his |

    @SET-02
    Scenario Outline: One of <reader>'s calendars is the default
      When <reader> lists <own> calendars
      Then exactly one of <reader>'s own calendars is the default

      Examples:
        | reader | own |
        | Adele  | her |
        | Alex   | his |

  Rule: Whoever enters a meeting in his calendar organizes it

    Background:
      Given Alex has invited Adele to "Kick-off"

    @INV-02
    Scenario: Entering a meeting answers 201
      When Alex looks at the event he created
      Then the service answers 201

    @INV-03
    Scenario: Entering a meeting answers with the event
      When Alex looks at the event he created
      Then the answer is an event and no message

    @TAL-02
    Scenario: The organizer is whoever entered the meeting
      When Alex reads the event alone
      Then the organizer is Alex

    @TAL-02
    Scenario: Its owner organizes what is in his calendar
      When Alex reads the event alone
      Then the event is organized by the owner of its calendar

    @INV-11
    Scenario: The organizer's own response is that of the organizer
      When Alex looks at the event he created
      Then the event counts its own side as the organizer

    @INV-06
    Scenario: The invitee alone attends
      When Alex looks at the event he created
      Then the attendees are exactly Adele

    @INV-09
    Scenario: An invitee has not answered at first
      When Alex looks at the event he created
      Then no attendee has answered

    @INV-10
    Scenario: An invitee is required when invited so
      When Alex reads the event alone
      Then Adele is required

  Rule: A meeting is there as it was described

    Background:
      Given Alex has invited Adele to "Kick-off"

    @INV-12
    Scenario: What is not said of a meeting has its default
      When Alex looks at the event he created
      Then the event has the defaults of a plain meeting

    @INV-13
    Scenario: Invitees are asked to respond
      When Alex reads the event alone
      Then the attendees are asked to respond

    @INV-15
    Scenario: A meeting remembers the zone it was planned in
      When Alex reads the event alone
      Then the event remembers the zone of "Kick-off"

    @REP-02
    Scenario: A meeting is at the moment it was planned for
      When Alex reads the event alone
      Then the event is at the moment planned for "Kick-off"

    @INV-18
    Scenario: The text becomes a full document with a plain preview
      When Alex reads the event alone
      Then the body is a document around "We plan the garden."
      And the preview is "We plan the garden."

    @INV-19
    Scenario: The place is told in both ways
      When Alex reads the event alone
      Then the place is "The greenhouse" in both ways that an event tells it

    @REP-09
    Scenario: The etag is the weak form of the change key
      When Alex reads the event alone
      Then its etag is the weak form of its change key

    @REP-20
    Scenario: A web link is there
      When Alex reads the event alone
      Then it has a web link

    @REP-20 @observed
    Scenario: The web link holds the encoded id
      When Alex reads the event alone
      Then its web link holds its encoded id
