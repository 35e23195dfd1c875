Feature: The answers on the owner's event
  Whatever the attendees answer is kept on Alex's event, and on his alone, while the messages go to
  his delegate. The event stays his, and tells when it has last changed.
  Page: https://learn.microsoft.com/en-us/graph/api/resources/responsestatus?view=graph-rest-1.0

  Background:
    Given Alex has delegated his calendar to Adele
    And these meetings are planned
      | meeting     | day        | from  | to    |
      | Concert     | 12 October | 19:00 | 22:00 |
      | Rehearsal   | 11 October | 18:00 | 20:00 |
      | Garden walk | 13 October | 10:00 | 11:00 |

  Rule: Accepting and declining are tallied as what they are

    Background:
      Given Adele has invited Megan and Christie to "Concert" in Alex's calendar
      And Megan has answered positively: "I have my ticket."
      And Christie has answered negatively: "I am on holiday."

    @TAL-06
    Scenario: Who has accepted is tallied so
      When Alex looks at the event in his calendar
      Then Megan's answer is "accepted"

    @TAL-06
    Scenario: Who has declined is tallied so
      When Alex looks at the event in his calendar
      Then Christie's answer is "declined"

    @TAL-08
    Scenario: An acceptance carries the moment it was given
      When Alex looks at the event in his calendar
      Then Megan's answer bears the time that her own copy tells

    @TAL-10
    Scenario: Acceptances and refusals leave the owner busy and the organizer
      When Alex looks at the event in his calendar
      Then the event is shown as busy
      And the event counts its own side as the organizer

    @TAL-11
    Scenario: An attendee does not learn what another has answered
      Given Alex has seen Christie's answer in his calendar
      When Megan looks at her copy of the event
      Then the answer of Christie is shown as open

  Rule: Recording an answer changes the owner's event

    Background:
      Given Adele has invited Christie to "Rehearsal" in Alex's calendar
      And Alex has looked at the event in his calendar
      And Christie has answered positively: "I know my part."

    @TAL-09 @documented
    Scenario: An answer gives the owner's event another change key
      When Alex looks at the event in his calendar
      Then the event has another change key than before Christie's answer

    @TAL-09
    Scenario: An answer gives the owner's event another etag
      When Alex looks at the event in his calendar
      Then the event has another etag than before Christie's answer

    @TAL-09
    Scenario: An answer gives the owner's event a later time of change
      When Alex looks at the event in his calendar
      Then the event was changed later than before Christie's answer

  Rule: Who answers without having been invited joins the owner's list

    @TAL-12 @observed
    Scenario: Somebody to whom the meeting was forwarded attends as optional
      # The protocol tells Outlook clients to do so; whether Graph does, no page says.
      Given Adele has invited Christie to "Garden walk" in Alex's calendar
      And Christie has forwarded the meeting to Diego
      And Diego has answered positively: "I shall join you."
      When Alex looks at the event in his calendar
      Then Diego attends as optional
      And Diego's answer is "accepted"
