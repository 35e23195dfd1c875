Feature: Who receives the meeting messages
  Alex decides whether requests and responses that concern him go to his delegate, or to both of
  them. Without a delegate they come to him, whatever he has decided.
  Page: https://learn.microsoft.com/en-us/graph/outlook-share-or-delegate-calendar

  Background:
    Given these meetings are planned
      | meeting       | day     | from  | to    | place      | text                           |
      | Press meeting | 3 April | 09:00 | 10:00 | Press room | The journalists come at nine.  |
      | Supplier day  | 4 April | 13:00 | 15:00 | Warehouse  | We show what we have.          |
      | Fire drill    | 5 April | 10:00 | 10:30 | Courtyard  | Everybody leaves the building. |

  Rule: With sendToDelegateOnly, the delegate alone receives what concerns the owner

    Background:
      Given Alex has delegated his calendar to Adele

    @RTE-06
    Scenario: No response comes to the owner
      Given Adele has invited Christie to "Press meeting" in Alex's calendar
      And Christie has answered positively: "I shall bring my notes."
      And Christie's answer has come to Adele
      When Alex looks for Christie's answer in his inbox
      Then no answer of Christie is there

    @RTE-13
    Scenario: A request for the owner comes to the delegate
      Given Christie has invited Alex to "Supplier day"
      When Adele looks at the request in her inbox
      Then the invitation has reached Adele

    @RTE-13
    Scenario: A request for the owner does not come to him
      Given Christie has invited Alex to "Supplier day"
      And the request has come to Adele
      When Alex looks for Christie's request in his inbox
      Then no request of Christie is there

    @RTE-14
    Scenario: A request that comes to the delegate is marked
      Given Christie has invited Alex to "Supplier day"
      When Adele looks at the request in her inbox
      Then the request is marked as delegated

    @RTE-14
    Scenario: A request that comes to the attendee herself is not marked
      Given Adele has invited Christie to "Press meeting" in Alex's calendar
      When Christie looks at the request in her inbox
      Then the request is not marked as delegated

    @RTE-15
    Scenario: Behind the delegate's request there is no event of her own
      Given Christie has invited Alex to "Supplier day"
      And the request has come to Adele
      When Adele looks at the request with its event
      Then the message brings no event

    @RTE-15 @documented
    Scenario: The delegate sees the meeting in the owner's calendar
      Given Christie has invited Alex to "Supplier day"
      And the request has come to Adele
      When Adele views the day of "Supplier day" in Alex's calendar in his mailbox
      Then "Supplier day" is shown once

  Rule: With sendToDelegateAndPrincipal, both receive everything and either may answer

    Background:
      Given Adele has the role "delegateWithoutPrivateEventAccess" on Alex's calendar
      And Alex's meeting messages are delivered by "sendToDelegateAndPrincipal"

    @RTE-11
    Scenario Outline: A response comes to <reader> and the other
      Given Adele has invited Christie to "Press meeting" in Alex's calendar
      And Christie has answered positively: "I shall bring my notes."
      When <reader> looks at Christie's answer
      Then Christie's answer has reached <reader>

      Examples:
        | reader |
        | Adele  |
        | Alex   |

    @RTE-11
    Scenario Outline: A request for the owner comes to <reader> and the other
      Given Christie has invited Alex to "Supplier day"
      When <reader> looks at the request in <whose> inbox
      Then the invitation has reached <reader>

      Examples:
        | reader | whose |
        | Adele  | her   |
        | Alex   | his   |

    @RTE-14
    Scenario: The delegate's request is marked where the owner has one too
      Given Christie has invited Alex to "Supplier day"
      When Adele looks at the request in her inbox
      Then the request is marked as delegated

    @RTE-11
    Scenario: The owner may answer where both are asked
      Given Christie has invited Alex to "Supplier day"
      When Alex answers positively on the event in his calendar: "I look forward to it."
      Then the service answers 202

    @RTE-11
    Scenario: The delegate may answer where both are asked
      Given Christie has invited Alex to "Fire drill"
      When Adele answers positively for Alex: "He will be there."
      Then the service answers 202

  Rule: With sendToDelegateAndInformationToPrincipal, the owner is told and may still answer
    # What the owner's message looks like is documented nowhere, so any message will do.

    Background:
      Given Adele has the role "delegateWithoutPrivateEventAccess" on Alex's calendar
      And Alex's meeting messages are delivered by "sendToDelegateAndInformationToPrincipal"

    @RTE-12
    Scenario: The delegate receives the response of which the owner is told
      Given Adele has invited Christie to "Press meeting" in Alex's calendar
      And Christie has answered positively: "I shall bring my notes."
      When Adele looks at Christie's answer
      Then Christie's answer has reached Adele

    @RTE-12
    Scenario: The owner is told of a response
      Given Adele has invited Christie to "Press meeting" in Alex's calendar
      And Christie has answered positively: "I shall bring my notes."
      When Alex looks for news of the meeting in his inbox
      Then a message about the meeting is there

    @RTE-12
    Scenario: The delegate receives the request of which the owner is told
      Given Christie has invited Alex to "Supplier day"
      When Adele looks at the request in her inbox
      Then the invitation has reached Adele

    @RTE-12
    Scenario: The owner is told of a request
      Given Christie has invited Alex to "Supplier day"
      When Alex looks for news of the meeting in his inbox
      Then a message about the meeting is there

    @RTE-12
    Scenario: The owner may answer on the event
      Given Christie has invited Alex to "Supplier day"
      When Alex answers positively on the event in his calendar: "I look forward to it."
      Then the service answers 202

  Rule: Without a delegate the delivery option changes nothing

    Background:
      Given nobody is Alex's delegate
      And Alex's meeting messages are delivered by "sendToDelegateOnly"

    @RTE-17
    Scenario: A response comes to the owner who has no delegate
      Given Alex has invited Christie to "Press meeting"
      And Christie has answered positively: "I shall bring my notes."
      When Alex looks at Christie's answer
      Then Christie's answer has reached Alex

    @RTE-17
    Scenario: A request comes to the owner who has no delegate
      Given Christie has invited Alex to "Supplier day"
      When Alex looks at the request in his inbox
      Then the invitation has reached Alex

    @RTE-14
    Scenario: A request that comes to the owner who has no delegate is not marked
      Given Christie has invited Alex to "Supplier day"
      When Alex looks at the request in his inbox
      Then the request is not marked as delegated

  Rule: A response may lead to its event, or to none

    @RTE-18
    Scenario: Asking for the event of a response is no mistake
      Given nobody is Alex's delegate
      And Alex has invited Christie to "Press meeting"
      And Christie has answered positively: "I shall bring my notes."
      When Alex looks at Christie's answer with its event
      Then its event is missing, empty or an event
