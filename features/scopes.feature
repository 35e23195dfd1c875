Feature: What a token must allow
  For each call there is a scope that is enough. Who may only read changes nothing, and to read in
  another's mailbox takes a scope for shared calendars. Each token here allows nothing besides.
  Page: https://learn.microsoft.com/en-us/graph/outlook-create-event-in-shared-delegated-calendar

  Rule: The scopes of the walkthrough are enough for its steps

    Background:
      Given Alex has delegated his calendar to Adele
      And these meetings are planned
        | meeting      | day     | from  | to    |
        | Tea ceremony | 3 April | 16:00 | 17:00 |
        | Flea market  | 4 April | 09:00 | 12:00 |
        | Rehearsal    | 5 April | 19:00 | 20:00 |
        | Book club    | 6 April | 20:00 | 22:00 |

    Scenario Outline: <scope> is enough to list calendars
      Given Adele has a token for <scope> alone
      When Adele uses it to list her calendars
      Then the service allows it

      @SCP-01
      Examples: As the walkthrough says
        | scope                 |
        | Calendars.Read.Shared |

      @SCP-01 @observed
      Examples: As the reference says, against the walkthrough
        | scope               |
        | Calendars.ReadBasic |

    @SCP-02
    Scenario: Calendars.ReadWrite.Shared is enough to create an event in the copy
      Given Adele has a token for Calendars.ReadWrite.Shared alone
      When Adele uses it to enter "Tea ceremony" in Alex's calendar
      Then the service allows it

    @SCP-02
    Scenario: Calendars.Read.Shared is not enough to create an event in the copy
      Given Adele has a token for Calendars.Read.Shared alone
      When Adele uses it to enter "Flea market" in Alex's calendar
      Then the service refuses with 403

    @SCP-03
    Scenario: Mail.Read and Calendars.Read.Shared are enough to read an invitation with its event
      Given Christie has a token for Mail.Read and Calendars.Read.Shared alone
      And Adele has invited Megan and Christie to "Rehearsal" in Alex's calendar
      When Christie uses it to read the invitation with its event
      Then the service allows it

    Scenario Outline: <scope> is enough to answer an invitation
      Given <who> has a token for <scope> alone
      And Adele has invited Megan and Christie to "Rehearsal" in Alex's calendar
      When <who> uses it to answer positively
      Then the service allows it

      @SCP-04
      Examples: As the walkthrough says
        | who      | scope                      |
        | Christie | Calendars.ReadWrite.Shared |

      @SCP-04 @documented
      Examples: As the reference says
        | who   | scope               |
        | Megan | Calendars.ReadWrite |

    Scenario Outline: <scope> is enough to read an answer in one's own mailbox
      Given Adele has a token for <scope> alone
      And Adele has invited Megan and Christie to "Rehearsal" in Alex's calendar
      And Christie has answered tentatively: "If it is not too late."
      When Adele uses it to read Christie's answer
      Then the service allows it

      @SCP-05
      Examples: As the walkthrough says
        | scope            |
        | Mail.Read.Shared |

      @SCP-05 @documented
      Examples: As the reference says
        | scope     |
        | Mail.Read |

    @SCP-06
    Scenario: Calendars.Read is enough for the owner to read his event
      Given Alex has a token for Calendars.Read alone
      And Alex has entered "Book club" in his calendar
      When Alex uses it to read the event
      Then the service allows it

  Rule: One's own copy takes no scope for shared calendars, the owner's mailbox does

    @SCP-07
    Scenario: Calendars.Read is enough to read one's copy of a shared calendar
      Given Adele has a token for Calendars.Read alone
      And Alex has made a calendar "Kids parties"
      And Alex has shared the calendar he has made with Adele
      When Adele uses it to read her copy of that calendar
      Then the service allows it

    @SCP-07
    Scenario: Calendars.Read.Shared is enough to read a calendar in its owner's mailbox
      Given Adele has a token for Calendars.Read.Shared alone
      And Alex has delegated his calendar to Adele
      When Adele uses it to read Alex's calendar in his mailbox
      Then the service allows it

    @SCP-07
    Scenario: Calendars.Read is not enough to read a calendar in its owner's mailbox
      Given Adele has a token for Calendars.Read alone
      And Alex has delegated his calendar to Adele
      When Adele uses it to read Alex's calendar in his mailbox
      Then the service refuses with 403

  Rule: Permissions can be listed by reading and changed by writing

    Scenario Outline: <scope> is enough to list permissions
      Given Alex has a token for <scope> alone
      When Alex uses it to list the permissions on his calendar
      Then the service allows it

      @SCP-08
      Examples: As two pages say
        | scope          |
        | Calendars.Read |

      @SCP-08 @observed
      Examples: As one page says and the other does not
        | scope               |
        | Calendars.ReadBasic |

    @SCP-08
    Scenario: Calendars.ReadWrite is enough to give a permission
      Given Alex has a token for Calendars.ReadWrite alone
      And Diego has no role on Alex's calendar
      When Alex uses it to give Diego the role "read"
      Then the service allows it

    @SCP-08
    Scenario Outline: <scope> <is> enough to change a permission
      Given Alex has a token for <scope> alone
      And Diego has no role on Alex's calendar
      And Alex has given Diego the role "read"
      When Alex uses it to change Diego's role to "limitedRead"
      Then the service <answer>

      Examples:
        | scope               | is     | answer           |
        | Calendars.ReadWrite | is     | allows it        |
        | Calendars.Read      | is not | refuses with 403 |

    @SCP-08
    Scenario Outline: <scope> <is> enough to remove a permission
      Given Alex has a token for <scope> alone
      And <other> has no role on Alex's calendar
      And Alex has given <other> the role "read"
      When Alex uses it to take <other>'s permission back
      Then the service <answer>

      Examples:
        | other    | scope               | is     | answer           |
        | Christie | Calendars.ReadWrite | is     | allows it        |
        | Diego    | Calendars.Read      | is not | refuses with 403 |

  Rule: Mailbox settings have scopes of their own

    @SCP-09
    Scenario: MailboxSettings.Read is enough to read the settings
      Given Alex has a token for MailboxSettings.Read alone
      When Alex uses it to read his mailbox settings
      Then the service allows it

    @SCP-09
    Scenario Outline: <scope> <is> enough to set the delivery option
      Given Alex has a token for <scope> alone
      When Alex uses it to set his delivery option
      Then the service <answer>

      Examples:
        | scope                     | is     | answer           |
        | MailboxSettings.ReadWrite | is     | allows it        |
        | MailboxSettings.Read      | is not | refuses with 403 |

  Rule: Who may only read changes neither events nor calendars

    Background:
      Given Alex has delegated his calendar to Adele
      And these meetings are planned
        | meeting    | day      | from  | to    |
        | Council    | 10 April | 10:00 | 11:00 |
        | Debate     | 11 April | 10:00 | 11:00 |
        | Seminar    | 12 April | 10:00 | 11:00 |
        | Choir      | 13 April | 18:00 | 19:00 |
        | Recital    | 14 April | 18:00 | 19:00 |
        | Night walk | 15 April | 21:00 | 23:00 |

    @SCP-10
    Scenario Outline: <scope> <is> enough for <who> to change an event of Alex's calendar
      Given <who> has a token for <scope> alone
      And <who> has invited Christie to "<meeting>" in Alex's calendar
      When <who> uses it to call the event "Something else"
      Then the service <answer>

      Examples:
        | who   | meeting | scope                      | is     | answer           |
        | Alex  | Council | Calendars.ReadWrite        | is     | allows it        |
        | Alex  | Council | Calendars.Read             | is not | refuses with 403 |
        | Adele | Choir   | Calendars.ReadWrite.Shared | is     | allows it        |
        | Adele | Choir   | Calendars.Read.Shared      | is not | refuses with 403 |

    @SCP-10
    Scenario Outline: <scope> <is> enough for <who> to cancel a meeting in Alex's calendar
      Given <who> has a token for <scope> alone
      And <who> has invited Christie to "<meeting>" in Alex's calendar
      When <who> uses it to cancel the meeting
      Then the service <answer>

      Examples:
        | who   | meeting | scope                      | is     | answer           |
        | Alex  | Debate  | Calendars.ReadWrite        | is     | allows it        |
        | Alex  | Council | Calendars.Read             | is not | refuses with 403 |
        | Adele | Recital | Calendars.ReadWrite.Shared | is     | allows it        |
        | Adele | Choir   | Calendars.Read.Shared      | is not | refuses with 403 |

    @SCP-10
    Scenario Outline: <scope> <is> enough for <who> to delete an event of Alex's calendar
      Given <who> has a token for <scope> alone
      And <who> has invited Christie to "<meeting>" in Alex's calendar
      When <who> uses it to delete the event
      Then the service <answer>

      Examples:
        | who   | meeting    | scope                      | is     | answer           |
        | Alex  | Seminar    | Calendars.ReadWrite        | is     | allows it        |
        | Alex  | Council    | Calendars.Read             | is not | refuses with 403 |
        | Adele | Night walk | Calendars.ReadWrite.Shared | is     | allows it        |
        | Adele | Choir      | Calendars.Read.Shared      | is not | refuses with 403 |

    @SCP-10
    Scenario Outline: <scope> <is> enough for a delegate to rename her copy
      Given Adele has a token for <scope> alone
      When Adele uses it to call her copy of Alex's calendar "Boss"
      Then the service <answer>

      Examples:
        | scope                      | is     | answer           |
        | Calendars.ReadWrite.Shared | is     | allows it        |
        | Calendars.Read.Shared      | is not | refuses with 403 |

  Rule: Reading is enough to ask when somebody is busy

    @SCP-11
    Scenario: Calendars.Read is enough to ask for a schedule
      Given Megan has a token for Calendars.Read alone
      When Megan uses it to ask when Alex is busy
      Then the service allows it
