Feature: A meeting created in a delegated calendar
  Alex lets Adele manage his calendar and keeps the default delivery: meeting messages go to his
  delegate only. She invites Megan and Christie for him, Christie answers, Alex sees who comes.
  Page: https://learn.microsoft.com/en-us/graph/outlook-create-event-in-shared-delegated-calendar

  Background:
    Given Alex has delegated his calendar to Adele
    And the meeting "Christmas dinner" is planned
      | day       | 25 December           |
      | from      | 18:00                 |
      | to        | 22:00                 |
      | time zone | Pacific Standard Time |
      | place     | Alex' home            |
      | text      | Happy holidays!       |

  Rule: Step 1 - Adele gets the calendar that Alex has delegated to her

    @SET-01
    Scenario: A delegate's calendars come as a collection
      When Adele lists her calendars
      Then the service answers 200 with a collection

    @SET-02
    Scenario: A delegate's own calendar is in her list
      When Adele lists her calendars
      Then Adele's own calendar is listed

    @SET-02 @observed
    Scenario: A delegate has every right to her own calendar
      When Adele lists her calendars
      Then Adele has every right to her own calendar

    @SET-03
    Scenario: A copy of the delegated calendar is in the delegate's list
      When Adele lists her calendars
      Then exactly one copy of Alex's calendar is listed

    @SET-04
    Scenario: A delegate cannot share the owner's calendar on
      When Adele lists her calendars
      Then Adele cannot share Alex's calendar

    @SET-05
    Scenario: A delegate can edit the owner's calendar
      When Adele lists her calendars
      Then Adele can edit Alex's calendar

    @SET-06
    Scenario: The copy names the owner of the calendar
      When Adele lists her calendars
      Then Alex's calendar names Alex as its owner

    @SET-07
    Scenario: The copy is called after the owner
      When Adele lists her calendars
      Then Alex's calendar is called after Alex

    @SET-08
    Scenario: A delegate without that right cannot see private items
      When Adele lists her calendars
      Then Adele cannot see private items in Alex's calendar

    @SET-13
    Scenario: The copy has another id than the calendar in the owner's mailbox
      Given Adele has invited Megan and Christie to "Christmas dinner" in Alex's calendar
      And Christie has answered tentatively: "I will probably be able to make it."
      When Alex looks at the event in his calendar
      Then Alex's calendar has another id in his mailbox than its copy has in Adele's

  Rule: Step 2 - Adele creates the event and with it sends the invitation on Alex's behalf

    Background:
      Given Adele has invited Megan and Christie to "Christmas dinner" in Alex's calendar

    @INV-01
    Scenario: A delegate creates an event through her copy of the calendar
      When Adele looks at the event she created
      Then the service has created the event

    @INV-02
    Scenario: Creating an event answers 201
      When Adele looks at the event she created
      Then the service answers 201

    @INV-03
    Scenario: Creating an event answers with the event
      # The page prints a message here; its earlier edition and the API reference have the event.
      When Adele looks at the event she created
      Then the answer is an event and no message

    @INV-04
    Scenario: The calendar's owner organizes what his delegate creates
      When Adele looks at the event she created
      Then the event is organized by the owner of its calendar

    @INV-05
    Scenario: The organizer of the new event is the owner
      When Adele looks at the event she created
      Then the organizer is Alex

    @INV-06
    Scenario: The invitees alone attend the new event
      When Adele looks at the event she created
      Then the attendees are exactly Megan and Christie

    @INV-07
    Scenario: The delegate leaves no trace in the event she created
      When Adele looks at the event she created
      Then nothing in the event reveals Adele

    @INV-09
    Scenario: Nobody has answered a new event
      When Adele looks at the event she created
      Then no attendee has answered

    @INV-10
    Scenario: Attendees are required when they are invited so
      When Adele looks at the event she created
      Then Megan and Christie are required

    @INV-11
    Scenario: The organizer's own response to a new event
      When Adele looks at the event she created
      Then the event counts its own side as the organizer

    @INV-12
    Scenario: A new event has the defaults of a plain meeting
      When Adele looks at the event she created
      Then the event has the defaults of a plain meeting

    @INV-13
    Scenario: Invitees are asked to respond
      When Adele looks at the event she created
      Then the attendees are asked to respond

    @INV-14
    Scenario: The delegate is not reminded of the owner's event
      When Adele looks at the event she created
      Then the reminder is off and set to 15 minutes

    @INV-15
    Scenario: The new event remembers the zone it was planned in
      When Adele looks at the event she created
      Then the event remembers the zone of "Christmas dinner"

    @INV-16
    Scenario: The answer to the creation tells times in the zone that was asked for
      When Adele looks at the event she created
      Then the event is from 18:00 to 22:00 in "Pacific Standard Time"

    @INV-17
    Scenario: Enumerations come in lower camel case however they were sent
      When Adele looks at the event she created
      Then the content type sent as "HTML" has become "html"

    @INV-18
    Scenario: The text becomes a full document with a plain preview
      When Adele looks at the event she created
      Then the body is a document around "Happy holidays!"
      And the preview is "Happy holidays!"

    @INV-19
    Scenario: The place is the location and the only one of the locations
      When Adele looks at the event she created
      Then the place is "Alex' home" in both ways that an event tells it

    @INV-20
    Scenario: Addresses may come back in another casing only
      When Adele looks at the event she created
      Then each address is as it was given, casing aside

  Rule: Step 3 - Christie receives the request and looks at the event in her calendar
    # The page announces this step and has lost its section; the request is the earlier edition's.

    Background:
      Given Adele has invited Megan and Christie to "Christmas dinner" in Alex's calendar

    @INV-08
    Scenario: Creating the event is enough to invite
      When Christie looks at the invitation
      Then the invitation has reached Christie

    @RCV-01
    Scenario: An invitation is a meeting request
      When Christie looks at the invitation
      Then the message is a meeting request

    @RCV-02
    Scenario: The delegate is the sender of the invitation
      When Christie looks at the invitation
      Then the sender is Adele

    @RCV-03
    Scenario: The invitation is from the owner
      When Christie looks at the invitation
      Then the message is from Alex

    @RCV-04
    Scenario: The invitation is addressed to the invitees
      When Christie looks at the invitation
      Then the message is addressed to Megan and Christie

    @RCV-04 @observed
    Scenario: The invitation is addressed to nobody else
      When Christie looks at the invitation
      Then the message is addressed to exactly Megan and Christie
      And nobody gets a copy of the request

    @RCV-05
    Scenario: The event stands in the attendee's calendar as tentative
      When Christie looks at the event of the invitation
      Then the event is shown as tentative

    @RCV-06
    Scenario: Message and event come in one answer
      When Christie looks at the invitation
      Then the service answers 200
      And the message brings its event

    @RCV-07
    Scenario: The attendee's copy lists the owner among the attendees
      When Christie looks at the event of the invitation
      Then the attendees are exactly Alex, Megan and Christie
      And Alex is required

    @RCV-08
    Scenario: The organizer of the attendee's copy is the owner
      When Christie looks at the event of the invitation
      Then the organizer is Alex

    @RCV-08 @observed
    Scenario: The attendee does not organize her copy
      When Christie looks at the event of the invitation
      Then the event is organized by somebody else

    @RCV-09
    Scenario: The delegate leaves no trace in the attendee's event
      When Christie looks at the event of the invitation
      Then nothing in the event reveals Adele

    @RCV-09
    Scenario: The delegate shows in the invitation as its sender only
      When Christie looks at the invitation
      Then nothing in the message but its sender reveals Adele

    @RCV-10
    Scenario: The attendee's copy shares the iCalUId of the delegate's
      When Christie looks at the event of the invitation
      Then the event has the iCalUId of the event that Adele created

    @RCV-11
    Scenario: The attendee's copy has ids of its own
      When Christie looks at the event of the invitation
      Then its id, change key and etag are not those of the event that Adele created

    @RCV-11
    Scenario: The invitation has another id than its event
      When Christie looks at the invitation
      Then the message has another id than its event

    @RCV-13
    Scenario: The attendee's own response is open
      When Christie looks at the event of the invitation
      Then the event's own response is open

    @RCV-14
    Scenario: The attendee's copy shows no answers
      When Christie looks at the event of the invitation
      Then no attendee's answer is shown

    @RCV-14 @documented
    Scenario: The organizer has no answer to give in the attendee's copy
      When Christie looks at the event of the invitation
      Then the answer of Alex is shown as open

    @RCV-15
    Scenario: The invitation bears the subject and the text of the event
      When Christie looks at the invitation
      Then the message bears the subject and the text of "Christmas dinner"
      And the body holds "Happy holidays!"

    @RCV-16
    Scenario: The invitation's type is of the event message family
      When Christie looks at the invitation
      Then the message's type is eventMessage or eventMessageRequest

    @RCV-18
    Scenario: The invitation arrives plain
      When Christie looks at the invitation
      Then the message is no draft, not flagged and of normal importance
      And the message was sent before it was received

    @RCV-19
    Scenario: The invitation starts a conversation
      When Christie looks at the invitation
      Then the conversation index is a root of 22 bytes

    @RCV-20
    Scenario: The attendee's copy comes after the creation
      When Christie looks at the event of the invitation
      Then the event was not made before the event that Adele created

    @INV-13
    Scenario: The attendee's copy asks her to respond
      When Christie looks at the event of the invitation
      Then the attendees are asked to respond

    @INV-19
    Scenario: The attendee's copy tells the place in both ways
      When Christie looks at the event of the invitation
      Then the place is "Alex' home" in both ways that an event tells it

    @INV-15
    Scenario: The attendee's copy remembers the zone the event was planned in
      When Christie looks at the event of the invitation
      Then the event remembers the zone of "Christmas dinner"

  Rule: Step 4 - Christie responds to the meeting request

    Background:
      Given Adele has invited Megan and Christie to "Christmas dinner" in Alex's calendar

    @RSP-01
    Scenario: A tentative answer is accepted without a word
      When Christie answers tentatively: "I will probably be able to make it."
      Then the service answers 202
      And the answer is empty

    @RSP-07
    Scenario: A tentative answer leaves the event tentative
      Given Christie has answered tentatively: "I will probably be able to make it."
      When Christie looks at the event after her answer
      Then the event is shown as tentative

  Rule: Step 5 - Adele receives the response in Alex's place

    Background:
      Given Adele has invited Megan and Christie to "Christmas dinner" in Alex's calendar
      And Christie has answered tentatively: "I will probably be able to make it."

    @RTE-01
    Scenario: The answer reaches the delegate
      When Adele looks at Christie's answer
      Then Christie's answer has reached Adele

    @RTE-02
    Scenario: The answer says that it is tentative, in the spelling of the metadata
      When Adele looks at Christie's answer
      Then the message is a tentative acceptance

    @RTE-04
    Scenario: The answer is from the attendee
      When Adele looks at Christie's answer
      Then the message is from Christie

    @RTE-04 @observed
    Scenario: The attendee is the sender of the answer
      When Adele looks at Christie's answer
      Then the sender is Christie

    @RTE-05
    Scenario: The answer is addressed to the delegate alone
      When Adele looks at Christie's answer
      Then the message is addressed to exactly Adele

    @RSP-05
    Scenario: The comment is the text of the answer
      When Adele looks at Christie's answer
      Then the body holds "I will probably be able to make it."

    @RSP-05 @observed
    Scenario: The comment is the preview of the answer
      When Adele looks at Christie's answer
      Then the preview is "I will probably be able to make it."

    @RTE-07
    Scenario: The subject of the answer tells its manner
      When Adele looks at Christie's answer
      Then the subject is "Tentative: " before that of "Christmas dinner"

    @RTE-08
    Scenario: The answer continues the conversation of the request
      When Adele looks at Christie's answer
      Then the conversation index is that of Christie's invitation and 5 bytes more

    @RTE-09
    Scenario: The answer arrives unread and plain
      When Adele looks at Christie's answer
      Then the message is unread, no draft and copied to nobody

    @RTE-10
    Scenario: The answer's type is of the event message family
      When Adele looks at Christie's answer
      Then the message's type is eventMessage or eventMessageResponse

  Rule: Step 6 - Alex reads the responses in the event

    Background:
      Given Adele has invited Megan and Christie to "Christmas dinner" in Alex's calendar
      And Christie has answered tentatively: "I will probably be able to make it."

    @TAL-01
    Scenario: The owner can read what his delegate created
      When Alex looks at the event in his calendar
      Then the answer brings an item
      And the service answers 200

    @TAL-02
    Scenario: The owner organizes the event in his calendar
      When Alex looks at the event in his calendar
      Then the event is organized by the owner of its calendar

    @TAL-02
    Scenario: The organizer of the owner's event is the owner
      When Alex looks at the event in his calendar
      Then the organizer is Alex

    @TAL-03
    Scenario: The invitees alone attend the owner's event
      When Alex looks at the event in his calendar
      Then the attendees are exactly Megan and Christie

    @TAL-04
    Scenario: Who has not answered stays without an answer
      When Alex looks at the event in his calendar
      Then Megan's answer is "none"

    @TAL-05
    Scenario: Who has answered tentatively is tallied so
      When Alex looks at the event in his calendar
      Then Christie's answer is "tentativelyAccepted"

    @TAL-07
    Scenario: The tally needs no message to the owner
      Given Adele has read Christie's answer
      When Alex looks at the event in his calendar
      Then Alex is told Christie's answer that was not addressed to him

    @TAL-08
    Scenario: The tally carries the moment of the answer
      When Alex looks at the event in his calendar
      Then Christie's answer bears the time that her own copy tells

    @TAL-08
    Scenario: The answer is sent at the moment that is tallied
      Given Adele has read Christie's answer
      When Alex looks at the event in his calendar
      Then Christie's answer bears the time her message was sent, give or take 10 seconds

    @TAL-09 @TAL-14
    Scenario: Recording the answer changes the owner's event within two minutes
      When Alex looks at the event in his calendar
      Then the event was changed at most 120 seconds after Christie's answer

    @TAL-10
    Scenario: The owner stays busy and the organizer
      When Alex looks at the event in his calendar
      Then the event is shown as busy
      And the event counts its own side as the organizer

    @INV-07
    Scenario: The delegate leaves no trace in the owner's event
      When Alex looks at the event in his calendar
      Then nothing in the event reveals Adele

    @INV-14
    Scenario: The owner is reminded of the event
      When Alex looks at the event in his calendar
      Then the reminder is on and set to 15 minutes

    @INV-13
    Scenario: The owner's event asks the attendees to respond
      When Alex looks at the event in his calendar
      Then the attendees are asked to respond

    @INV-19
    Scenario: The owner's event tells the place in both ways
      When Alex looks at the event in his calendar
      Then the place is "Alex' home" in both ways that an event tells it

    @INV-15
    Scenario: The owner's event remembers the zone it was planned in
      When Alex looks at the event in his calendar
      Then the event remembers the zone of "Christmas dinner"

    @INV-21
    Scenario: The event is in the owner's calendar under the same iCalUId
      When Alex looks at the event in his calendar
      Then the event has the iCalUId of the event that Adele created

    @INV-21 @observed
    Scenario: The owner's event has another id than the delegate's
      When Alex looks at the event in his calendar
      Then the event has another id than the event that Adele created

    @RCV-10
    Scenario: The owner's event shares the iCalUId of the attendee's
      When Alex looks at the event in his calendar
      Then the event has the iCalUId of Christie's copy

    @RCV-11
    Scenario: The owner's event has ids of its own
      When Alex looks at the event in his calendar
      Then its id, change key and etag are not those of Christie's copy

    @RCV-12
    Scenario: The owner's event and the attendee's agree on what the meeting is
      When Alex looks at the event in his calendar
      Then the event agrees with Christie's copy on what the meeting is

  Rule: Every copy tells times, texts and ids in the way of Graph

    Background:
      Given Adele has invited Megan and Christie to "Christmas dinner" in Alex's calendar
      And Christie has answered tentatively: "I will probably be able to make it."

    @REP-01
    Scenario Outline: <reader> reads times in UTC when no zone is asked for
      When <reader> looks at <event>
      Then the times of the event are in UTC

      Examples:
        | reader   | event                       |
        | Christie | the event of the invitation |
        | Alex     | the event in his calendar   |

    @REP-02
    Scenario Outline: 18:00 Pacific is 02:00 UTC of the next day for <reader>
      When <reader> looks at <event>
      Then the event is at the moment planned for "Christmas dinner"

      Examples:
        | reader   | event                       |
        | Christie | the event of the invitation |
        | Alex     | the event in his calendar   |

    @REP-04
    Scenario Outline: Times have seven digits behind the second and no offset for <reader>
      When <reader> looks at <event>
      Then start and end have seven fractional digits and no offset

      Examples:
        | reader   | event                       |
        | Adele    | the event she created       |
        | Christie | the event of the invitation |
        | Alex     | the event in his calendar   |

    @REP-05
    Scenario Outline: Timestamps are in UTC for <reader> who looks at <item>
      When <reader> looks at <item>
      Then its timestamps end in Z

      Examples:
        | reader   | item                        |
        | Adele    | the event she created       |
        | Christie | the event of the invitation |
        | Christie | the invitation              |
        | Adele    | Christie's answer           |
        | Alex     | the event in his calendar   |

    @REP-05 @observed
    Scenario Outline: Timestamps have the precision of their kind for <reader> who looks at <item>
      When <reader> looks at <item>
      Then its timestamps have <precision>

      Examples:
        | reader   | item                        | precision     |
        | Adele    | the event she created       | fractions     |
        | Christie | the event of the invitation | fractions     |
        | Christie | the invitation              | whole seconds |
        | Adele    | Christie's answer           | whole seconds |
        | Alex     | the event in his calendar   | fractions     |

    @REP-07
    Scenario Outline: Bodies are HTML for <reader> who looks at <item>
      When <reader> looks at <item>
      Then its body is HTML

      Examples:
        | reader   | item                        |
        | Adele    | the event she created       |
        | Christie | the event of the invitation |
        | Christie | the invitation              |
        | Adele    | Christie's answer           |
        | Alex     | the event in his calendar   |

    @REP-08
    Scenario Outline: The preview of <item> is plain and short
      When <reader> looks at <item>
      Then its preview is plain text of at most 255 characters

      Examples:
        | reader   | item              |
        | Christie | the invitation    |
        | Adele    | Christie's answer |

    @REP-09
    Scenario Outline: The etag is the weak form of the change key for <reader> who looks at <item>
      When <reader> looks at <item>
      Then its etag is the weak form of its change key

      Examples:
        | reader   | item                        |
        | Adele    | the event she created       |
        | Christie | the event of the invitation |
        | Christie | the invitation              |
        | Adele    | Christie's answer           |
        | Alex     | the event in his calendar   |

    @REP-20
    Scenario Outline: A web link is there for <reader> who looks at <item>
      When <reader> looks at <item>
      Then it has a web link

      Examples:
        | reader   | item                        |
        | Adele    | the event she created       |
        | Christie | the event of the invitation |
        | Christie | the invitation              |
        | Adele    | Christie's answer           |
        | Alex     | the event in his calendar   |

    @REP-20 @observed
    Scenario Outline: The web link holds the encoded id for <reader> who looks at <item>
      When <reader> looks at <item>
      Then its web link holds its encoded id

      Examples:
        | reader   | item                        |
        | Adele    | the event she created       |
        | Christie | the event of the invitation |
        | Christie | the invitation              |
        | Adele    | Christie's answer           |
        | Alex     | the event in his calendar   |

  Rule: Every answer has the shape that the metadata gives its resource

    Background:
      Given Adele has invited Megan and Christie to "Christmas dinner" in Alex's calendar
      And Christie has answered tentatively: "I will probably be able to make it."

    @REP-19
    Scenario Outline: The types are the documented ones for <reader>, who <looks>
      When <reader> <looks>
      Then every property has the type that the metadata gives it

      Examples:
        | reader   | looks                              |
        | Adele    | lists her calendars                |
        | Adele    | looks at the event she created     |
        | Christie | looks at the invitation            |
        | Adele    | looks at Christie's answer         |
        | Alex     | looks at the event in his calendar |

    @REP-19 @observed
    Scenario Outline: The printed properties are all there for <reader>, who <looks>
      When <reader> <looks>
      Then every property that the page prints is there

      Examples:
        | reader   | looks                                |
        | Adele    | lists her calendars                  |
        | Adele    | looks at the event she created       |
        | Christie | looks at the invitation              |
        | Christie | looks at the event of the invitation |
        | Adele    | looks at Christie's answer           |
        | Alex     | looks at the event in his calendar   |
