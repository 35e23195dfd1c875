Feature: What the service refuses, and how it says so
  Some requests must fail: without a token, for what is not there or not theirs, with values that
  make no sense. It matters that they fail, that nothing is given away, and how programs can tell.
  Page: https://learn.microsoft.com/en-us/graph/errors

  Background:
    Given these meetings are planned
      | meeting      | day     | from  | to    | time zone             | place     |
      | Salary talks | 4 March | 10:00 | 11:00 | UTC                   | The attic |
      | Mistake      | 5 March | 10:00 | 11:00 | UTC                   |           |
      | Slip         | 5 March | 12:00 | 13:00 | UTC                   |           |
      | Time travel  | 6 March | 11:00 | 10:00 | UTC                   |           |
      | Moon landing | 7 March | 10:00 | 11:00 | Nowhere Standard Time |           |

  Rule: A refusal is an error with a code and a message

    @ERR-01
    Scenario Outline: A refusal has the form of an error where <call>
      Given Alex has entered "Salary talks" in his calendar
      When <call>
      Then the answer is an error with a code and a message

      Examples:
        | call                                          |
        | Adele lists her calendars with no token       |
        | Alex asks for an event by the id "not-an-id"  |
        | Alex asks for the calendar of an unknown user |
        | Alex views his calendar without startDateTime |
        | Alex enters "Time travel" in his calendar     |

  Rule: Nobody gets in without a valid token

    @ERR-03
    Scenario Outline: Nothing is answered to <credential>
      When Adele lists her calendars with <credential>
      Then the service refuses with 401

      Examples:
        | credential    |
        | no token      |
        | a false token |

  Rule: Nobody gets further than the token's scopes allow

    Background:
      Given Alex has delegated his calendar to Adele
      And Adele has a token for Calendars.Read alone

    @ERR-04
    Scenario: A token without the necessary scope is refused
      When Adele uses it to read Alex's calendar in his mailbox
      Then the service refuses with 403

    @ERR-04 @observed
    Scenario: The refusal of a token without the necessary scope has a code
      When Adele uses it to read Alex's calendar in his mailbox
      Then the error is called "ErrorAccessDenied"

  Rule: What is not there is not found

    @ERR-06
    Scenario: An event that was deleted is not found
      Given Alex has entered "Mistake" in his calendar
      When Alex asks for the event after he has deleted it
      Then the service refuses with 404

    @ERR-06
    Scenario: An event that was deleted is not found to be deleted again
      Given Alex has entered "Slip" in his calendar
      And Alex has deleted the event
      When Alex deletes the event again
      Then the service refuses with 404

    @ERR-06 @observed
    Scenario: What was deleted is called an item that is not found
      Given Alex has entered "Mistake" in his calendar
      When Alex asks for the event after he has deleted it
      Then the error is called "ErrorItemNotFound"

    @ERR-06 @observed
    Scenario: An id of another mailbox is not found
      Given Alex has entered "Salary talks" in his calendar
      When Adele asks for an event of her own by the id that it has in Alex's calendar
      Then the service refuses with 404
      And the error is called "ErrorItemNotFound"

    @ERR-07
    Scenario: What is no id at all is malformed, or not found
      When Alex asks for an event by the id "not-an-id"
      Then the service refuses with 400 or 404
      And the error is called "ErrorInvalidIdMalformed or ErrorItemNotFound"

    @ERR-08
    Scenario: A user who does not exist is not found
      When Alex asks for the calendar of an unknown user
      Then the service refuses with 404
      And the error is called "ErrorInvalidUser or MailboxNotEnabledForRESTAPI"

  Rule: What makes no sense is not created

    @ERR-09
    Scenario: A meeting that ends before it starts is refused
      When Alex enters "Time travel" in his calendar
      Then the service refuses
      And the error is called "ErrorPropertyValidationFailure"

    @ERR-10
    Scenario: A meeting in a zone that nobody knows is refused
      When Alex enters "Moon landing" in his calendar
      Then the service refuses with 400
      And the error is called "ErrorPropertyValidationFailure"

    @ERR-10
    Scenario: A reading in a zone that nobody knows is refused
      Given Alex has entered "Salary talks" in his calendar
      When Alex reads the event alone, with times in "Nowhere Standard Time"
      Then the service refuses with 400
      And the error is called "TimeZoneNotSupportedException"

  Rule: Nobody gets at a calendar that is not shared with him

    Background:
      Given Alex shares with nobody else more than when he is free or busy
      And Alex has entered "Salary talks" in his calendar
      And Diego has no role on Alex's calendar

    @ERR-05
    Scenario Outline: An outsider does not get <what>
      When Diego asks for <what>
      Then nothing of "Salary talks" is told
      And the service refuses

      Examples:
        | what                         |
        | Alex's calendar              |
        | Alex's events                |
        | the event in Alex's calendar |

    @ERR-05 @observed
    Scenario Outline: An outsider is told that <what> is closed to him, or not there
      # These are Graph's own codes; Outlook puts "Error" before the first two.
      When Diego asks for <what>
      Then the service refuses with 403 or 404
      And the error is called "accessDenied or itemNotFound or DelegatedCalendarAccessDenied"

      Examples:
        | what                         |
        | Alex's calendar              |
        | Alex's events                |
        | the event in Alex's calendar |

    @ERR-01
    Scenario: A refusal has the form of an error where Diego asks for Alex's calendar
      When Diego asks for Alex's calendar
      Then the answer is an error with a code and a message

  Rule: Who has lost the permission has lost the calendar

    @ERR-11
    Scenario: A former sharee gets at nothing in the calendar any more
      Given Alex shares with nobody else more than when he is free or busy
      And Alex has entered "Salary talks" in his calendar
      And Diego has the role "read" on Alex's calendar
      And Diego has read Alex's calendar, its events and the event
      When Diego reads them again after Alex has withdrawn his role
      Then the service refuses each with 403 or 404

  Rule: A delegate gets neither at the owner's settings nor at his permissions

    Background:
      Given Alex has delegated his calendar to Adele

    @ERR-12
    Scenario: Mailbox settings are their owner's alone
      When Adele asks for Alex's mailbox settings
      Then the service refuses with 403
      And the error is called "ErrorAccessDenied"

    @ERR-13
    Scenario Outline: A delegate is told no permissions <way>
      When Adele asks for Alex's permissions <way>
      Then no permission is told

      Examples:
        | way              |
        | in his mailbox   |
        | through her copy |

    @ERR-13
    Scenario: A delegate cannot give a permission
      When Adele gives Christie the role "read" on Alex's calendar
      Then the service refuses

    @ERR-13 @observed
    Scenario: Giving a permission is forbidden to a delegate
      When Adele gives Christie the role "read" on Alex's calendar
      Then the service refuses with 403
