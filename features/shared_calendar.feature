Feature: A meeting created in a calendar that is shared and not delegated
  Alex lets Adele write in his calendar without making her his delegate. The same requests work for
  her; what the attendees answer comes to him alone.
  Page: https://learn.microsoft.com/en-us/graph/outlook-create-event-in-shared-delegated-calendar

  Background:
    Given Alex has shared his calendar with Adele, who may write in it
    And the meeting "Garden party" is planned
      | day       | 21 June               |
      | from      | 15:00                 |
      | to        | 19:30                 |
      | time zone | Pacific Standard Time |
      | place     | The garden            |
      | text      | Bring a hat.          |

  Rule: A sharee has the shared calendar in her list, with the rights of a writer

    @SET-10
    Scenario: The shared calendar is in the sharee's list
      When Adele lists her calendars
      Then exactly one copy of Alex's calendar is listed

    @SET-04
    Scenario: A sharee cannot share the owner's calendar on
      When Adele lists her calendars
      Then Adele cannot share Alex's calendar

    @SET-05
    Scenario: A sharee who may write can edit the owner's calendar
      When Adele lists her calendars
      Then Adele can edit Alex's calendar

    @SET-08
    Scenario: A sharee never sees private items
      When Adele lists her calendars
      Then Adele cannot see private items in Alex's calendar

  Rule: The requests for a delegated calendar work the same in a shared one

    Background:
      Given Adele has invited Megan and Christie to "Garden party" in Alex's calendar

    @INV-22
    Scenario: A sharee creates an event in the owner's calendar
      When Adele looks at the event she created
      Then the service answers 201
      And the answer is an event and no message

    @INV-22
    Scenario: The owner of the shared calendar organizes what a sharee creates
      When Adele looks at the event she created
      Then the event is organized by the owner of its calendar
      And the organizer is Alex

    @INV-22
    Scenario: The invitees alone attend what a sharee creates
      When Adele looks at the event she created
      Then the attendees are exactly Megan and Christie

    @INV-22
    Scenario: What a sharee creates reaches the attendee as a request
      When Christie looks at the invitation
      Then the invitation has reached Christie
      And the message is a meeting request

    @INV-22
    Scenario: The attendee of a sharee's event sees the owner as its organizer
      When Christie looks at the event of the invitation
      Then the organizer is Alex
      And the attendees are exactly Alex, Megan and Christie

    @INV-22 @observed
    Scenario: The sharee sends the invitation in the owner's name
      # The page says that the requests and responses are the same and shows none of them.
      When Christie looks at the invitation
      Then the sender is Adele
      And the message is from Alex

    @RSP-01
    Scenario: An answer to a sharee's invitation is accepted without a word
      When Christie answers tentatively: "I shall try."
      Then the service answers 202
      And the answer is empty

  Rule: The answers come to the owner and not to the sharee

    Background:
      Given Adele has invited Megan and Christie to "Garden party" in Alex's calendar
      And Christie has answered tentatively: "I shall try."

    @RTE-16
    Scenario: The answer reaches the owner
      When Alex looks at Christie's answer
      Then Christie's answer has reached Alex
      And the message is a tentative acceptance

    @RTE-16
    Scenario: The answer is addressed to the owner
      When Alex looks at Christie's answer
      Then the message is addressed to Alex

    @RTE-16 @PRM-08
    Scenario: The answer does not reach the sharee
      Given Alex has read Christie's answer
      When Adele looks for Christie's answer in her inbox
      Then no answer of Christie is there

    @TAL-05
    Scenario: The answer is tallied in the owner's event
      When Alex looks at the event in his calendar
      Then Christie's answer is "tentativelyAccepted"
