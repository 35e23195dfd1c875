Feature: An invitation as each invitee receives it
  Adele invites for Alex, and Megan finds the request and the event in her mailbox as Christie does.
  What a request tells of the meeting, it tells as the event does.
  Page: https://learn.microsoft.com/en-us/graph/api/resources/eventmessagerequest

  Background:
    Given Alex has delegated his calendar to Adele
    And these meetings are planned
      | meeting        | day    | from  | to    | place    | repeats | answers    | other times |
      | Product launch | 3 June | 09:00 | 10:30 | Showroom |         |            |             |
      | Keynote        | 4 June | 10:00 | 11:00 | Theatre  |         |            |             |
      | Salary round   | 5 June | 13:00 | 14:00 |          |         | not wanted | not welcome |
      | Stand-up       | 8 June | 09:00 | 09:15 |          | 3 days  |            |             |

  Rule: A request tells what its meeting is, and what is expected of the invitee

    @RCV-17
    Scenario: A request tells the time and the place of the meeting
      Given Adele has invited Megan and Christie to "Product launch" in Alex's calendar
      When Megan looks at the invitation
      Then the request tells the time and the place of its event

    @RCV-17
    Scenario: A request asks for an answer and allows other times
      Given Adele has invited Megan and Christie to "Product launch" in Alex's calendar
      When Megan looks at the invitation
      Then the request asks for what its event asks for

    @RCV-17
    Scenario: A request to a meeting that wants no answers says so
      Given Adele has invited Megan to "Salary round" in Alex's calendar
      When Megan looks at the invitation
      Then the request asks for what its event asks for

    @RCV-17
    Scenario: A request is not out of date when it arrives
      Given Adele has invited Megan and Christie to "Product launch" in Alex's calendar
      When Megan looks at the invitation
      Then the request is not out of date

    @RCV-17
    Scenario: A request to a single meeting says so
      Given Adele has invited Megan and Christie to "Product launch" in Alex's calendar
      When Megan looks at the invitation
      Then the request is for a "singleInstance"

    @RCV-17
    Scenario: A request to a series says so
      Given Adele has invited Megan to "Stand-up" in Alex's calendar
      When Megan looks at the invitation
      Then the request is for a "seriesMaster"

  Rule: Whoever is invited receives the same request

    Background:
      Given Adele has invited Megan and Christie to "Product launch" in Alex's calendar

    @RCV-01
    Scenario: Megan receives a meeting request as well
      When Megan looks at the invitation
      Then the invitation has reached Megan
      And the message is a meeting request

    @RCV-02
    Scenario: The delegate is the sender for Megan as well
      When Megan looks at the invitation
      Then the sender is Adele

    @RCV-03
    Scenario: The request is from the owner for Megan as well
      When Megan looks at the invitation
      Then the message is from Alex

    @RCV-04
    Scenario: The request to Megan is addressed to Christie too
      When Megan looks at the invitation
      Then the message is addressed to Megan and Christie

    @RCV-09
    Scenario: The delegate shows to Megan as the sender only
      When Megan looks at the invitation
      Then nothing in the message but its sender reveals Adele

  Rule: The service itself enters the meeting in the calendar of everybody who is invited

    Background:
      Given Adele has invited Megan and Christie to "Product launch" in Alex's calendar

    @RCV-05
    Scenario Outline: The meeting stands in <invitee>'s calendar as tentative
      # The walkthrough reads the event with the message; here the calendar itself is opened.
      When <invitee> reads the event in a view
      Then "Product launch" is shown once
      And the event is shown as tentative

      Examples:
        | invitee  |
        | Megan    |
        | Christie |

    @RCV-07
    Scenario: Megan's copy lists the owner and everybody who is invited
      When Megan looks at the event of the invitation
      Then the attendees are exactly Alex, Megan and Christie

    @RCV-08
    Scenario: The organizer of Megan's copy is the owner
      When Megan looks at the event of the invitation
      Then the organizer is Alex

    @RCV-09
    Scenario: The delegate leaves no trace in Megan's event
      When Megan looks at the event of the invitation
      Then nothing in the event reveals Adele

    @RCV-10
    Scenario: Two invitees' copies share an iCalUId
      When Megan looks at the event of the invitation
      Then the event has the iCalUId of Christie's copy

    @RCV-11
    Scenario: Two invitees' copies have ids of their own
      When Megan looks at the event of the invitation
      Then its id, change key and etag are not those of Christie's copy

    @RCV-12
    Scenario: Two invitees' copies agree on what the meeting is
      When Megan looks at the event of the invitation
      Then the event agrees with Christie's copy on what the meeting is

    @RCV-13
    Scenario: Megan's own response is open
      When Megan looks at the event of the invitation
      Then the event's own response is open

    @RCV-20
    Scenario: Megan's copy comes after the creation
      When Megan looks at the event of the invitation
      Then the event was not made before the event that Adele created

  Rule: What the owner sends himself is from him and by him

    Background:
      Given Alex has invited Megan to "Keynote"

    @RCV-02
    Scenario: The owner is the sender of what he sends himself
      When Megan looks at the invitation
      Then the sender is Alex

    @RCV-03
    Scenario: The owner's own invitation is from him
      When Megan looks at the invitation
      Then the message is from Alex
