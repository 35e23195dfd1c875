Feature: Answering an invitation
  Whoever is invited accepts, declines or says perhaps, with a message or without, and may propose
  another time. Some answers a service has to refuse; some a delegate gives in the owner's name.
  Page: https://learn.microsoft.com/en-us/graph/api/event-tentativelyaccept?view=graph-rest-1.0

  Background:
    Given these meetings are planned
      | meeting        | day          | from  | to    | other times | answers    |
      | Breakfast      | 7 September  | 08:00 | 09:00 |             |            |
      | Quiz night     | 8 September  | 19:00 | 21:00 |             |            |
      | Stand-up       | 7 September  | 09:00 | 09:15 |             |            |
      | Review         | 7 September  | 10:00 | 11:00 |             |            |
      | Planning       | 7 September  | 11:00 | 12:00 |             |            |
      | Retrospective  | 7 September  | 13:00 | 14:00 |             |            |
      | Training       | 7 September  | 14:00 | 16:00 |             |            |
      | Excursion      | 8 September  | 09:00 | 17:00 |             |            |
      | Workshop       | 9 September  | 09:00 | 12:00 |             |            |
      | Ceremony       | 9 September  | 14:00 | 15:00 | not welcome |            |
      | Fire drill     | 9 September  | 16:00 | 16:30 |             | not wanted |
      | Concert        | 9 September  | 19:00 | 22:00 |             |            |
      | Lunch          | 10 September | 12:00 | 13:00 |             |            |
      | Surprise party | 10 September | 17:00 | 19:00 |             |            |
      | Farewell       | 10 September | 19:00 | 21:00 |             |            |
      | Supper         | 11 September | 18:00 | 20:00 |             |            |
      | Tea            | 11 September | 15:00 | 16:00 |             |            |
      | Interview      | 11 September | 10:00 | 11:00 |             |            |

  Rule: Accepting is confirmed as saying perhaps is

    Background:
      Given Alex has invited Megan and Christie to "Breakfast"

    @RSP-02
    Scenario: A positive answer is accepted without a word
      When Megan answers positively: "See you there."
      Then the service answers 202
      And the answer is empty

    @RSP-06
    Scenario Outline: What <who> answers <manner> stands in her own copy
      Given <who> has answered <manner>: "<comment>"
      When <who> looks at the event after her answer
      Then the event's own response is "<response>"
      And the event's own response is no older than <who>'s invitation

      Examples:
        | who      | manner      | comment        | response            |
        | Megan    | positively  | See you there. | accepted            |
        | Christie | tentatively | I shall try.   | tentativelyAccepted |

    @RSP-07
    Scenario Outline: What <who> answers <manner> shows the event as <availability>
      Given <who> has answered <manner>: "<comment>"
      When <who> looks at the event after her answer
      Then the event is shown as <availability>

      Examples:
        | who      | manner      | comment        | availability |
        | Megan    | positively  | See you there. | busy         |
        | Christie | tentatively | I shall try.   | tentative    |

  Rule: Declining is confirmed and takes the event out of the calendar

    Background:
      Given Alex has invited Christie to "Quiz night"
      And Christie has the event in her calendar

    @RSP-02
    Scenario: A negative answer is accepted without a word
      When Christie answers negatively: "I never know the answers."
      Then the service answers 202
      And the answer is empty

    @RSP-08
    Scenario: A declined event is no longer in the calendar
      Given Christie has answered negatively: "I never know the answers."
      When Christie looks for the event in her calendar
      Then the event is no longer there

    @RSP-08
    Scenario: The invitation to a declined event leads nowhere
      Given Christie has answered negatively: "I never know the answers."
      When Christie looks at the invitation after her answer
      Then the invitation leads to no event

  Rule: Every path to the event takes an answer

    @RSP-03
    Scenario Outline: <who> answers <manner> by <way>
      Given Alex has invited Megan and Christie to "<meeting>"
      When <who> answers <manner> by <way>: "Thank you."
      Then the service takes the answer

      Examples:
        | meeting       | who      | manner      | way                                           |
        | Stand-up      | Megan    | positively  | /me/calendar/events                           |
        | Stand-up      | Christie | tentatively | /me/calendar/events                           |
        | Training      | Megan    | negatively  | /me/calendar/events                           |
        | Review        | Megan    | positively  | /me/calendars/{id}/events                     |
        | Review        | Christie | tentatively | /me/calendars/{id}/events                     |
        | Training      | Christie | negatively  | /me/calendars/{id}/events                     |
        | Planning      | Megan    | positively  | /me/calendarGroups/{id}/calendars/{id}/events |
        | Planning      | Christie | tentatively | /me/calendarGroups/{id}/calendars/{id}/events |
        | Excursion     | Megan    | negatively  | /me/calendarGroups/{id}/calendars/{id}/events |
        | Retrospective | Megan    | positively  | /users/{id}/events                            |
        | Retrospective | Christie | tentatively | /users/{id}/events                            |
        | Excursion     | Christie | negatively  | /users/{id}/events                            |

  Rule: What cannot be answered is refused

    Background:
      Given Alex has invited Megan and Christie to "Workshop"

    @RSP-12
    Scenario Outline: Another time cannot be proposed <manner> without a message
      When Christie answers <manner> without a message and proposes 13:00 to 16:00
      Then the service refuses with 400

      Examples:
        | manner      |
        | tentatively |
        | negatively  |

    @RSP-12 @observed
    Scenario: The error for a proposal without a message has a name
      When Christie answers tentatively without a message and proposes 13:00 to 16:00
      Then the error is called "ErrorInvalidParameter"

    @RSP-11
    Scenario: A comment needs a message
      When Megan answers tentatively without a message, with the comment "I may be late."
      Then the service refuses with 400

    @RSP-11
    Scenario: The error for a comment without a message has a name
      When Megan answers tentatively without a message, with the comment "I may be late."
      Then the error is called "ErrorInvalidParameter"

    @RSP-17
    Scenario: Who invites cannot answer
      When Alex answers his own meeting positively: "I shall be there."
      Then the service refuses with 400

    @RSP-17
    Scenario: The error for an organizer's answer has a name
      When Alex answers his own meeting positively: "I shall be there."
      Then the error is called "ErrorInvalidRequest"

    @RSP-19
    Scenario: The id in the organizer's mailbox takes no answer of an invitee's
      When Megan answers positively under the id of Alex's event: "I shall be there."
      Then the service refuses with 404

  Rule: Where no other times are welcome, none can be proposed

    @RSP-13
    Scenario Outline: Another time that is not welcome cannot be proposed <manner>
      Given Alex has invited Megan and Christie to "Ceremony"
      When <who> answers <manner> and proposes 15:00 to 16:00: "A little later?"
      Then the service refuses with 400

      Examples:
        | who      | manner      |
        | Christie | tentatively |
        | Megan    | negatively  |

  Rule: Where no answers are wanted, none is sent

    Background:
      Given Alex has invited Megan and Christie to "Fire drill"

    @RSP-18
    Scenario: An answer that is not wanted is refused
      When Christie answers positively: "I shall be there."
      Then the service refuses with 400

    @RSP-18
    Scenario: The error for an answer that is not wanted has a name
      When Christie answers positively: "I shall be there."
      Then the error is called "ErrorInvalidRequest"

    @RSP-18
    Scenario: Without a message an answer may be given that is not wanted
      When Megan answers positively without a message
      Then the service takes the answer

  Rule: The last answer counts

    @RSP-21
    Scenario: Second thoughts take the place of the first
      Given Alex has invited Christie to "Concert"
      And Christie has answered tentatively: "Perhaps."
      And Christie has answered positively: "Yes, I shall come."
      When Alex looks at the event in his calendar
      Then Christie's answer is "accepted"

  Rule: An answer may leave out every parameter, and a message then goes out

    Background:
      Given Alex has delegated his calendar to Adele

    @RSP-04
    Scenario Outline: <who> may answer <manner> and say nothing
      Given Adele has invited Megan and Christie to "<meeting>" in Alex's calendar
      When <who> answers <manner> and says nothing
      Then the service takes the answer

      Examples:
        | meeting | who      | manner      |
        | Lunch   | Megan    | positively  |
        | Lunch   | Christie | negatively  |
        | Tea     | Christie | tentatively |

    @RSP-04
    Scenario Outline: A message tells what <who> has answered <manner>, saying nothing
      Given Adele has invited Megan and Christie to "<meeting>" in Alex's calendar
      And <who> has answered <manner> and said nothing
      When Adele looks at <who>'s answer
      Then <who>'s answer has reached Adele

      Examples:
        | meeting | who      | manner      |
        | Lunch   | Megan    | positively  |
        | Lunch   | Christie | negatively  |
        | Tea     | Christie | tentatively |

    @RTE-03
    Scenario Outline: The message of what was answered <manner> is of the kind <kind>
      Given Adele has invited Megan and Christie to "Lunch" in Alex's calendar
      And <who> has answered <manner> and said nothing
      When Adele looks at <who>'s answer
      Then the message's kind is "<kind>"

      Examples:
        | who      | manner     | kind            |
        | Megan    | positively | meetingAccepted |
        | Christie | negatively | meetingDeclined |

    @RTE-10
    Scenario Outline: The message of what was answered <manner> tells the response <response>
      Given Adele has invited Megan and Christie to "Lunch" in Alex's calendar
      And <who> has answered <manner> and said nothing
      When Adele looks at <who>'s answer
      Then the message's response is "<response>"

      Examples:
        | who      | manner     | response |
        | Megan    | positively | accepted |
        | Christie | negatively | declined |

    @RTE-04
    Scenario Outline: The message of what was answered <manner> is from <who>
      Given Adele has invited Megan and Christie to "Lunch" in Alex's calendar
      And <who> has answered <manner> and said nothing
      When Adele looks at <who>'s answer
      Then the message is from <who>

      Examples:
        | who      | manner     |
        | Megan    | positively |
        | Christie | negatively |

    @RTE-05
    Scenario Outline: The message of what <who> answered <manner> is addressed to the delegate alone
      Given Adele has invited Megan and Christie to "Lunch" in Alex's calendar
      And <who> has answered <manner> and said nothing
      When Adele looks at <who>'s answer
      Then the message is addressed to exactly Adele

      Examples:
        | who      | manner     |
        | Megan    | positively |
        | Christie | negatively |

  Rule: An answer can be kept from the delegate

    Background:
      Given Alex has delegated his calendar to Adele

    @RSP-09
    Scenario: An answer without a message is accepted
      Given Adele has invited Megan and Christie to "Surprise party" in Alex's calendar
      When Megan answers tentatively without a message
      Then the service takes the answer

    @RSP-09 @observed
    Scenario: An answer without a message does not reach the delegate
      Given Adele has invited Megan and Christie to "Surprise party" in Alex's calendar
      And Megan has answered tentatively without a message
      And Christie has answered positively: "What fun!"
      And Christie's answer has come to Adele
      When Adele looks for Megan's answer in her inbox
      Then no answer of Megan is there

  Rule: What is said with an answer reaches the organizer's side, whatever the answer is

    Background:
      Given Alex has delegated his calendar to Adele

    @RSP-05
    Scenario: The comment on a positive answer is the text of the message
      Given Adele has invited Megan and Christie to "Surprise party" in Alex's calendar
      And Christie has answered positively: "What fun!"
      When Adele looks at Christie's answer
      Then the body holds "What fun!"

    @RSP-05
    Scenario: The comment on a negative answer is the text of the message
      Given Adele has invited Megan and Christie to "Tea" in Alex's calendar
      And Megan has answered negatively and proposed 16:30 to 17:00: "Would that do?"
      When Adele looks at Megan's answer
      Then the body holds "Would that do?"

  Rule: A proposal of another time reaches the organizer's side

    Background:
      Given Alex has delegated his calendar to Adele

    @RSP-14
    Scenario Outline: The message brings the time that <who> proposes <manner>
      Given Adele has invited Megan and Christie to "<meeting>" in Alex's calendar
      And <who> has answered <manner> and proposed <from> to <to>: "Would that do?"
      When Adele looks at <who>'s answer
      Then the message proposes <from> to <to>
      And the message's response is "<response>"

      Examples:
        | meeting | who      | manner      | from  | to    | response            |
        | Supper  | Christie | tentatively | 19:00 | 21:30 | tentativelyAccepted |
        | Tea     | Megan    | negatively  | 16:30 | 17:00 | declined            |

    @RSP-14 @observed
    Scenario: The subject of the message tells of the proposal
      Given Adele has invited Megan and Christie to "Supper" in Alex's calendar
      And Christie has answered tentatively and proposed 19:00 to 21:30: "Would that do?"
      When Adele looks at Christie's answer
      Then the subject is "New Time Proposed: " before that of "Supper"

    @RSP-15
    Scenario: The owner's event shows the proposal beside who made it
      Given Adele has invited Megan and Christie to "Supper" in Alex's calendar
      And Christie has answered tentatively and proposed 19:00 to 21:30: "Would that do?"
      When Alex looks at the event in his calendar
      Then Christie is shown to propose 19:00 to 21:30

    @RSP-15
    Scenario: The owner's event shows no proposal beside who made none
      Given Adele has invited Megan and Christie to "Supper" in Alex's calendar
      And Christie has answered tentatively and proposed 19:00 to 21:30: "Would that do?"
      When Alex looks at the event in his calendar
      Then nobody but Christie is shown to propose a time

  Rule: A delegate may answer what the owner is invited to

    Background:
      Given Alex has delegated his calendar to Adele
      And Christie has invited Alex to "Interview"

    @RSP-20 @documented
    Scenario: A delegate's answer is accepted in the owner's mailbox
      When Adele answers positively for Alex: "He will be glad to come."
      Then the service takes the answer

    @RSP-20
    Scenario: A delegate's answer is tallied as the owner's
      Given Adele has answered positively for Alex: "He will be glad to come."
      When Christie looks at the event in her calendar
      Then Alex's answer is "accepted"

  Rule: An answer can be kept from the owner too

    @RSP-09
    Scenario: An answer without a message does not reach the owner
      Given Alex has delegated his calendar to Adele
      And Alex's meeting messages are delivered by "sendToDelegateAndPrincipal"
      And Adele has invited Megan and Christie to "Farewell" in Alex's calendar
      And Megan has answered negatively without a message
      And Christie has answered positively: "I shall miss you."
      And Christie's answer has come to Alex
      When Alex looks for Megan's answer in his inbox
      Then no answer of Megan is there
