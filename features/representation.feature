Feature: How values are written, and how they are asked for
  Alex has meetings in his calendar and reads them in other zones, as text, in part, by a filter, in
  a window and page by page. What Christie finds in her inbox is read in the same ways.
  Page: https://learn.microsoft.com/en-us/graph/query-parameters

  Background:
    Given these meetings are planned
      | meeting      | day        | from  | to    | time zone             | repeats |
      | Survey       | 14 January | 09:00 | 10:00 | UTC                   |         |
      | Site visit   | 14 January | 11:00 | 12:00 | America/Los_Angeles   |         |
      | Round table  | 14 January | 11:00 | 12:00 | Pacific Standard Time |         |
      | Morning call | 20 January | 08:00 | 08:15 | UTC                   | 6 days  |
      | Evening call | 20 January | 18:00 | 18:15 | UTC                   | 6 days  |
      | Handover     | 28 January | 10:00 | 11:00 | UTC                   |         |
      | Rehearsal    | 29 January | 16:00 | 17:00 | UTC                   |         |
    And the meeting "Yearbook" is planned
      | day       | 30 January                                                                  |
      | from      | 15:00                                                                       |
      | to        | 16:00                                                                       |
      | time zone | UTC                                                                         |
      | place     | The library                                                                 |
      | text      | We choose the photographs for the yearbook, and somebody has to write what  |
      |           | is said below each of them. Bring what you have, on paper or otherwise, and |
      |           | tell beforehand who is to be asked for the years before you joined us, of   |
      |           | which we have next to nothing but the list of names in the old binder.      |

  Rule: Times are in UTC unless the reader prefers another zone

    Background:
      Given Alex has entered "Survey" in his calendar

    @REP-01
    Scenario Outline: An event read <reading> has its times in UTC
      When Alex reads the event <reading>
      Then the service answers 200
      And the times of the event are in UTC

      Examples:
        | reading     |
        | alone       |
        | in the list |
        | in a view   |

    @REP-03
    Scenario Outline: An event read <reading> has its times in the zone that is preferred
      When Alex reads the event <reading>, with times in "Tokyo Standard Time"
      Then the service answers 200
      And the event is from 18:00 to 19:00 in "Tokyo Standard Time"
      And the service confirms the zone "Tokyo Standard Time"

      Examples:
        | reading     |
        | alone       |
        | in the list |
        | in a view   |

    @REP-04
    Scenario Outline: Times in another zone have the same form, read <reading>
      When Alex reads the event <reading>, with times in "Tokyo Standard Time"
      Then start and end have seven fractional digits and no offset

      Examples:
        | reading     |
        | alone       |
        | in the list |
        | in a view   |

    @REP-06 @observed
    Scenario: A zone that nobody knows cannot be preferred
      When Alex reads the event alone, with times in "Nowhere Standard Time"
      Then the service refuses with 400

  Rule: A meeting is planned in a zone by its Windows name or by its IANA name

    @REP-06
    Scenario Outline: "<meeting>" takes place at the moment that its <kind> name of the zone means
      Given Alex has entered "<meeting>" in his calendar
      When Alex looks at the event he created
      Then the service has created the event
      And the event is at the moment planned for "<meeting>"

      Examples:
        | meeting     | kind    |
        | Round table | Windows |
        | Site visit  | IANA    |

  Rule: A body is HTML unless the reader prefers text

    @REP-07
    Scenario: An event's body comes as text where text is preferred
      Given Alex has entered "Survey" in his calendar
      When Alex reads the event alone, with its body as text
      Then the service answers 200
      And its body is the plain text "What there is to discuss."
      And the service confirms the body as text

    @REP-07
    Scenario: An event's body is HTML where nothing is preferred
      Given Alex has entered "Survey" in his calendar
      When Alex reads the event alone
      Then its body is HTML

    @REP-07
    Scenario: A message's body comes as text where text is preferred
      Given Alex has invited Christie to "Yearbook"
      When Christie reads the invitation, with its body as text
      Then the service answers 200
      And its body is the plain text "the list of names in the old binder"
      And the service confirms the body as text

    @REP-08
    Scenario: The preview of a long message is short
      Given Alex has invited Christie to "Yearbook"
      When Christie looks at the invitation
      Then its preview is plain text of at most 255 characters

  Rule: Ids mean nothing but the item, and some of them last

    @REP-10 @observed
    Scenario: An id in other capitals is another id
      Given Alex has entered "Survey" in his calendar
      When Alex reads the event by its id in the other casing
      Then the service refuses with 400 or 404

    @REP-10
    Scenario: A message that is moved keeps its immutable id
      Given Alex has invited Christie to "Handover"
      When Christie reads the invitation before and after moving it, with immutable ids
      Then the service answers 200
      And it has the same id both times

    @REP-10
    Scenario: A calendar has one id, whichever kind is asked for
      When Alex reads his calendar with and without immutable ids
      Then the service answers 200
      And it has the same id both times

  Rule: The reader selects the properties that come

    @REP-11
    Scenario Outline: Of an event read <reading> only the selected property comes
      Given Alex has entered "Survey" in his calendar
      When Alex reads the event <reading>, with only subject
      Then the service answers 200
      And it has subject, and besides at most its id

      Examples:
        | reading     |
        | alone       |
        | in the list |
        | in a view   |

    @REP-11 @observed
    Scenario Outline: The id and the etag of an event read <reading> come unasked
      Given Alex has entered "Survey" in his calendar
      When Alex reads the event <reading>, with only subject
      Then it has its id and its etag

      Examples:
        | reading     |
        | alone       |
        | in the list |
        | in a view   |

    @REP-11
    Scenario: Of a message only the selected property comes
      Given Alex has invited Christie to "Yearbook"
      When Christie reads the invitation, with only subject
      Then the service answers 200
      And it has subject, and besides at most its id

    @REP-12
    Scenario Outline: A view cannot be asked for <property>
      Given Alex has entered "Survey" in his calendar
      When Alex reads the event in a view, with only subject and <property>
      Then the service refuses or leaves <property> out

      Examples:
        | property             |
        | createdDateTime      |
        | lastModifiedDateTime |

  Rule: Events and messages are found by a filter

    @REP-13
    Scenario: An event is found by its iCalUId
      Given Alex has entered "Survey" in his calendar
      When Alex searches his events for its iCalUId
      Then "Survey" is shown once
      And nothing but "Survey" is shown

    @REP-13
    Scenario: Nothing is found by an iCalUId that no event has
      Given Alex has entered "Survey" in his calendar
      When Alex searches his events for an iCalUId that none of them has
      Then the service answers 200
      And "Survey" is shown not at all

    @REP-14
    Scenario: A meeting request is found by its message class
      Given Alex has invited Christie to "Yearbook"
      When Christie searches her inbox for the class "IPM.Schedule.Meeting.Request"
      Then "Yearbook" is shown once

    @REP-14
    Scenario: A meeting request is not found by another message class
      Given Alex has invited Christie to "Yearbook"
      When Christie searches her inbox for the class "IPM.Schedule.Meeting.Canceled"
      Then "Yearbook" is shown not at all

    @REP-16
    Scenario: Messages are sorted by what their filter names first
      Given Alex has invited Christie to "Yearbook"
      When Christie filters messages by receivedDateTime and subject, sorted by receivedDateTime
      Then the error is not called "InefficientFilter"

    @REP-16
    Scenario: Messages are not sorted by what their filter leaves out
      Given Alex has invited Christie to "Yearbook"
      And Christie has filtered messages by receivedDateTime and subject, sorted by receivedDateTime
      When Christie filters messages by subject, sorted by receivedDateTime
      Then the service refuses
      And the error is called "InefficientFilter"

  Rule: A long list comes in pages, each of which leads to the next

    @REP-15
    Scenario: No page holds more than was asked for
      When Alex pages through the day of "Round table", "Site visit" and "Survey", 1 at a time
      Then no page holds more than 1

    @REP-15
    Scenario: The pages hold every entry once
      When Alex pages through the day of "Round table", "Site visit" and "Survey", 1 at a time
      Then "Survey" is shown once
      And "Site visit" is shown once
      And "Round table" is shown once

    @REP-15
    Scenario: A page leads on by a whole URL
      When Alex pages through the day of "Round table", "Site visit" and "Survey", 1 at a time
      Then every link to a next page is a whole URL

    @REP-15
    Scenario: A page of 1000 may be asked for
      When Alex pages through the day of "Round table", "Site visit" and "Survey", 1000 at a time
      Then "Survey" is shown once
      And "Site visit" is shown once
      And "Round table" is shown once

    @REP-15
    Scenario: Messages come in pages as well
      Given Alex has invited Christie to "Rehearsal"
      And Christie has received the invitation
      And Alex has invited Christie to "Yearbook"
      And Christie has received the invitation
      When Christie opens 2 pages of her inbox, 1 at a time
      Then no page holds more than 1
      And there are 2 pages, and no entry is on both

    @REP-15
    Scenario: Events come in pages as well
      Given Alex has entered "Round table" in his calendar
      And Alex has entered "Survey" in his calendar
      When Alex opens 2 pages of his events, 1 at a time
      Then no page holds more than 1
      And there are 2 pages, and no entry is on both

  Rule: A view of the calendar needs a window

    Background:
      Given Alex has entered "Survey" in his calendar

    @REP-17
    Scenario Outline: A view without <parameter> is refused
      When Alex views his calendar without <parameter>
      Then the service refuses

      Examples:
        | parameter                     |
        | startDateTime                 |
        | endDateTime                   |
        | startDateTime and endDateTime |

    @REP-17
    Scenario Outline: A view from <from> to <to> shows a meeting at 09:00 UTC <times>
      When Alex views the day of "Survey" from <from> to <to>
      Then "Survey" is shown <times>

      Examples: Without an offset the window is in UTC
        | from  | to    | times      |
        | 09:00 | 10:00 | once       |
        | 18:00 | 19:00 | not at all |

      Examples: An offset counts
        | from        | to          | times      |
        | 18:00+09:00 | 19:00+09:00 | once       |
        | 04:00-05:00 | 05:00-05:00 | once       |
        | 09:00+09:00 | 10:00+09:00 | not at all |

    @REP-17
    Scenario Outline: A preferred zone does not move a view from <from> to <to>
      When Alex views the day of "Survey" from <from> to <to>, with times in "Tokyo Standard Time"
      Then "Survey" is shown <times>

      Examples:
        | from  | to    | times      |
        | 09:00 | 10:00 | once       |
        | 18:00 | 19:00 | not at all |

  Rule: A list shows a series once, a view each of its dates

    Background:
      Given Alex has entered "Evening call" in his calendar
      And Alex has entered "Morning call" in his calendar

    @REP-18
    Scenario: A series is in the list of events once
      When Alex lists his events
      Then "Morning call" is shown once
      And "Morning call" is shown with the type "seriesMaster"

    @REP-18
    Scenario: Each date of a series is in the view
      When Alex views 6 days of his calendar, from "Morning call" on
      Then "Morning call" is shown on 6 days at its time
      And "Morning call" is shown with the type "occurrence"

    @REP-19
    Scenario: A series has the types of the metadata
      When Alex looks at the event he created
      Then every property has the type that the metadata gives it

    @REP-15 @observed
    Scenario: A page of a view holds 10 where nothing is asked for
      When Alex opens the first page of 6 days of his calendar, from "Morning call" on
      Then the first page holds 10
