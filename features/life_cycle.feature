Feature: The life of a meeting after its invitation
  Meetings are renamed, moved, called off, deleted and passed on. What Alex or his delegate does
  reaches those who are invited; what an invitee does to her copy stays hers.
  Page: https://learn.microsoft.com/en-us/graph/api/event-update?view=graph-rest-1.0

  Background:
    Given Alex has delegated his calendar to Adele
    And these meetings are planned
      | meeting       | day     | from  | to    | place       |
      | Board meeting | 3 May   | 09:00 | 10:00 |             |
      | Budget        | 3 May   | 10:00 | 11:30 |             |
      | Roadmap       | 4 May   | 09:00 | 10:00 | The library |
      | Workshop      | 4 May   | 10:00 | 12:00 | The attic   |
      | Excursion     | 5 May   | 09:00 | 17:00 | The harbour |
      | Guided tour   | 6 May   | 14:00 | 15:00 |             |
      | Retreat       | 7 May   | 09:00 | 18:00 |             |
      | Interview     | 8 May   | 11:00 | 12:00 |             |
      | Concert       | 9 May   | 19:00 | 22:00 |             |
      | Picnic        | 10 May  | 12:00 | 14:00 |             |
      | Fair          | 11 May  | 10:00 | 16:00 |             |
      | Quiz night    | 12 May  | 20:00 | 22:00 |             |
      | Breakfast     | 13 May  | 08:00 | 09:00 |             |
      | Tea           | 14 May  | 16:00 | 17:00 |             |
      | Gala          | 15 May  | 19:00 | 23:00 |             |
      | Ball          | 16 May  | 19:00 | 23:00 |             |

  Rule: The owner can change a meeting, and so can his delegate through her copy

    @LIF-01
    Scenario Outline: <organizer> changes "<meeting>", which <organizer> has created
      Given <organizer> has invited Christie to "<meeting>" in Alex's calendar
      When <organizer> renames the meeting to "<name>"
      Then the service answers 200
      And the event shows the change

      Examples:
        | organizer | meeting       | name             |
        | Alex      | Board meeting | Board of the two |
        | Adele     | Budget        | Budget in brief  |

    @LIF-01
    Scenario Outline: The owner finds "<meeting>" as <organizer> has changed it
      Given <organizer> has invited Christie to "<meeting>" in Alex's calendar
      When <organizer> renames the meeting to "<name>"
      Then the change shows in Alex's calendar

      Examples:
        | organizer | meeting       | name             |
        | Alex      | Board meeting | Board of the two |
        | Adele     | Budget        | Budget in brief  |

    @LIF-08
    Scenario Outline: A change of "<meeting>" gives it another change key
      Given <organizer> has invited Christie to "<meeting>" in Alex's calendar
      And <organizer> has renamed the meeting to "<name>"
      When <organizer> looks at the event again
      Then its change key is another than before

      Examples:
        | organizer | meeting       | name             |
        | Alex      | Board meeting | Board of the two |
        | Adele     | Budget        | Budget in brief  |

    @LIF-09
    Scenario: A new place takes the place of the one before
      Given Alex has invited Christie to "Excursion"
      When Alex takes the meeting to "The lighthouse"
      Then the place is "The lighthouse" in both ways that an event tells it

  Rule: A change reaches those who are invited as a new request

    @LIF-02
    Scenario Outline: The invitee gets another request when <organizer> moves "<meeting>"
      Given <organizer> has invited Megan to "<meeting>" in Alex's calendar
      And <organizer> has moved the meeting to 15:00
      When Megan looks at the new request
      Then the message has reached Megan
      And the message is a meeting request

      Examples:
        | organizer | meeting  |
        | Alex      | Roadmap  |
        | Adele     | Workshop |

    @LIF-02
    Scenario: The new request to a meeting that was moved may tell when it was
      Given Alex has invited Megan to "Roadmap" in Alex's calendar
      And Alex has moved the meeting to 15:00
      When Megan looks at the new request
      Then what the request tells of the former time and place is right

    @LIF-02
    Scenario: The new request to a meeting elsewhere may tell where it was
      Given Alex has invited Christie to "Excursion"
      And Alex has taken the meeting to "The lighthouse"
      When Christie looks at the new request
      Then what the request tells of the former time and place is right

    @LIF-03
    Scenario: The request that a newer one replaces is out of date
      Given Alex has invited Megan to "Roadmap" in Alex's calendar
      And Alex has moved the meeting to 15:00
      When Megan looks at the first request again
      Then the request is out of date

    @LIF-03
    Scenario: The request that replaces another is not out of date
      Given Alex has invited Megan to "Roadmap" in Alex's calendar
      And Alex has moved the meeting to 15:00
      When Megan looks at the new request
      Then the request is not out of date

  Rule: A change of the attendees alone is told to those alone whom it concerns

    Background:
      Given Alex has invited Megan and Christie to "Guided tour"
      And Alex has also invited Diego

    @LIF-04
    Scenario: Who is added later receives the invitation
      When Diego looks at the invitation
      Then the invitation has reached Diego
      And the message is a meeting request

    @LIF-04
    Scenario Outline: <invitee>, who was invited before, receives nothing when somebody is added
      Given Diego has received the invitation
      When <invitee> looks for further messages about the meeting in her inbox
      Then no further message about the meeting is there

      Examples:
        | invitee  |
        | Megan    |
        | Christie |

  Rule: A new time asks everybody again, and is how a proposal is agreed to

    @LIF-05
    Scenario: Answers to the former time no longer count
      Given Alex has invited Megan and Christie to "Retreat"
      And Christie has answered positively: "Gladly."
      And Alex has moved the meeting to 10:00
      When Alex looks at the event again
      Then every answer is open again

    @LIF-06
    Scenario: The owner agrees to a proposed time by moving the meeting there
      Given Alex has invited Christie to "Interview"
      And Christie has answered tentatively and proposed 16:00 to 17:00: "Rather later?"
      When Alex moves the meeting to 16:00
      Then the event shows the change
      And the change shows in Alex's calendar

  Rule: What an attendee changes is changed in her own copy only

    Background:
      Given Alex has invited Christie to "Concert"

    @LIF-07
    Scenario: An attendee can change her copy
      When Christie renames the meeting to "My concert"
      Then the service answers 200
      And the change shows in Christie's calendar

    @LIF-07
    Scenario: The organizer does not see what an attendee has changed
      Given Christie has renamed the meeting to "My concert"
      When Alex looks at the event again
      Then the event is called "Concert"

    @LIF-07
    Scenario: The organizer's next change undoes the attendee's
      Given Christie has renamed the meeting to "My concert"
      And Alex has taken the meeting to "The opera"
      When Christie looks at the event again
      Then the event is called "Concert"

  Rule: A meeting is called off by its organizer, or by the delegate for him

    @LIF-10
    Scenario Outline: Cancelling "<meeting>" is accepted from <organizer>
      Given <organizer> has invited Christie to "<meeting>" in Alex's calendar
      When <organizer> cancels the meeting: "<comment>"
      Then the service answers 202

      Examples:
        | organizer | meeting | comment              |
        | Alex      | Picnic  | It rains.            |
        | Adele     | Fair    | The tents are taken. |

    @LIF-10
    Scenario Outline: The comment on the cancellation of "<meeting>" reaches the attendee
      Given <organizer> has invited Christie to "<meeting>" in Alex's calendar
      And <organizer> has cancelled the meeting: "<comment>"
      When Christie looks at the cancellation
      Then the message has reached Christie
      And the body holds "<comment>"

      Examples:
        | organizer | meeting | comment              |
        | Alex      | Picnic  | It rains.            |
        | Adele     | Fair    | The tents are taken. |

    @LIF-10
    Scenario Outline: The cancelled "<meeting>" leaves the owner's calendar
      Given <organizer> has invited Christie to "<meeting>" in Alex's calendar
      When <organizer> cancels the meeting: "<comment>"
      Then the meeting no longer stands in Alex's calendar

      Examples:
        | organizer | meeting | comment              |
        | Alex      | Picnic  | It rains.            |
        | Adele     | Fair    | The tents are taken. |

    @LIF-11
    Scenario: The message that calls a meeting off says so
      Given Alex has invited Christie to "Picnic" in Alex's calendar
      And Alex has cancelled the meeting: "It rains."
      When Christie looks at the cancellation
      Then the message is a cancellation

    @LIF-12
    Scenario: The attendee's copy of a cancelled meeting is marked
      Given Alex has invited Christie to "Picnic" in Alex's calendar
      And Alex has cancelled the meeting: "It rains."
      When Christie looks at the event again
      Then the event is marked as cancelled

    @LIF-12 @observed
    Scenario: The attendee's copy of a cancelled meeting stays
      Given Alex has invited Christie to "Picnic" in Alex's calendar
      And Alex has cancelled the meeting: "It rains."
      When Christie looks at the event again
      Then the event is still there

    @LIF-13
    Scenario: An attendee cannot call a meeting off
      Given Alex has invited Christie to "Quiz night"
      When Christie cancels the meeting: "I know all the answers."
      Then the service refuses with 400

    @LIF-13 @observed
    Scenario: An attendee who calls a meeting off is told that the request is invalid
      Given Alex has invited Christie to "Quiz night"
      When Christie cancels the meeting: "I know all the answers."
      Then the error is called "ErrorInvalidRequest"

  Rule: The organizer's deletion calls a meeting off, an attendee's deletion concerns her alone

    @LIF-14
    Scenario: The organizer can delete a meeting
      Given Alex has invited Christie to "Breakfast"
      When Alex deletes the event
      Then the service answers 204
      And the meeting no longer stands in Alex's calendar

    @LIF-14
    Scenario: Those who are invited to a deleted meeting are told
      Given Alex has invited Christie to "Breakfast"
      And Alex has deleted the event
      When Christie looks at the cancellation
      Then the message has reached Christie
      And the message is a cancellation

    @LIF-15
    Scenario: An attendee can delete her copy
      Given Alex has invited Megan and Christie to "Tea"
      When Christie deletes the event
      Then the service answers 204
      And the meeting no longer stands in Christie's calendar

    @LIF-15
    Scenario: What is deleted cannot be deleted again
      Given Alex has invited Megan and Christie to "Tea"
      And Christie has deleted the event
      When Christie deletes the event again
      Then the service answers 404

    @LIF-15
    Scenario Outline: <reader> is not told that an attendee has deleted her copy
      Given Alex has invited Megan and Christie to "Tea"
      And Christie has deleted the event
      And Megan has answered positively: "I bring cake."
      And Adele has read Megan's answer
      When <reader> looks for Christie's answer in <own> inbox
      Then no answer of Christie is there

      Examples:
        | reader | own |
        | Alex   | his |
        | Adele  | her |

  Rule: Whoever organizes or attends a meeting can forward it

    @LIF-16
    Scenario Outline: Forwarding "<meeting>" is accepted from <sender>
      Given Alex has invited Christie to "<meeting>"
      When <sender> forwards the meeting to Diego
      Then the service answers 202

      Examples:
        | sender   | meeting |
        | Christie | Gala    |
        | Alex     | Ball    |

    @LIF-16
    Scenario Outline: "<meeting>", forwarded by <sender>, reaches the recipient as an invitation
      Given Alex has invited Christie to "<meeting>"
      And <sender> has forwarded the meeting to Diego
      When Diego looks at the invitation
      Then the invitation has reached Diego
      And the message is a meeting request

      Examples:
        | sender   | meeting |
        | Christie | Gala    |
        | Alex     | Ball    |

    @LIF-16
    Scenario: The organizer finds whom an attendee has forwarded the meeting to
      Given Alex has invited Christie to "Gala"
      And Christie has forwarded the meeting to Diego
      When Alex looks at the event again
      Then Diego is among the attendees
