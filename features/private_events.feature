Feature: Private events in a shared or delegated calendar
  Some of what Alex plans is nobody's business. Whoever may not see it learns at most that he is
  busy, on every way to the event. A delegate whom he trusts with it treats it like any other.
  Page: https://learn.microsoft.com/en-us/graph/outlook-share-or-delegate-calendar

  Background:
    Given these meetings are planned
      | meeting      | day    | from  | to    | place      | text                  | sensitivity  |
      | Knee surgery | 9 June | 08:00 | 10:00 | Ward seven | Eat nothing before.   | private      |
      | Scan         | 9 June | 11:00 | 12:00 | Basement   | Bring old pictures.   | private      |
      | Blood test   | 9 June | 12:00 | 13:00 | Laboratory | On an empty stomach.  | private      |
      | Sales review | 9 June | 14:00 | 15:00 | Blue room  | Half a year of it.    | normal       |
      | Golf         | 9 June | 16:00 | 17:00 | The green  | With the neighbours.  | personal     |
      | Merger       | 9 June | 18:00 | 19:00 | The tower  | Not a word to anyone. | confidential |
    And Alex has invited Megan to "Knee surgery"
    And Alex has entered "Sales review", "Golf" and "Merger" in his calendar

  Rule: An event has one of four sensitivities

    @PRV-07
    Scenario Outline: An event can be <sensitivity>
      When Alex opens "<subject>" in his calendar
      Then the event's sensitivity is "<sensitivity>"

      Examples:
        | subject      | sensitivity  |
        | Sales review | normal       |
        | Golf         | personal     |
        | Knee surgery | private      |
        | Merger       | confidential |

  Rule: A limited reader learns at most that the owner is busy

    Background:
      Given Christie has the role "limitedRead" on Alex's calendar

    @PRV-01 @PRM-04
    Scenario Outline: Who may read in a limited way and <looks> learns nothing private
      When Christie <looks>
      Then nothing of "Knee surgery" is disclosed

      Examples:
        | looks                                   |
        | asks if Alex is busy at "Knee surgery"  |
        | opens "Knee surgery" in Alex's calendar |

    @PRV-01 @PRM-04
    Scenario: Who may read in a limited way and views the day learns nothing private
      When Christie views the day of "Sales review" in Alex's calendar in his mailbox
      Then nothing of "Knee surgery" is disclosed

  Rule: A reader learns at most that the owner is busy

    Background:
      Given Christie has the role "read" on Alex's calendar
      And Christie has found "Sales review" in Alex's calendar in his mailbox

    @PRV-01 @PRM-05
    Scenario Outline: A reader who <looks> learns nothing private
      When Christie <looks>
      Then nothing of "Knee surgery" is disclosed

      Examples:
        | looks                                                               |
        | asks if Alex is busy at "Knee surgery"                              |
        | opens "Knee surgery" in Alex's calendar                             |
        | views the day of "Sales review" in Alex's calendar in his mailbox   |
        | views the day of "Sales review" in Alex's calendar through her copy |

    @PRV-01 @PRM-05
    Scenario Outline: A reader who lists the events <way> learns nothing private
      When Christie lists the events with "Sales review" in Alex's calendar <way>
      Then nothing of "Knee surgery" is disclosed

      Examples:
        | way              |
        | in his mailbox   |
        | through her copy |

    @PRV-05
    Scenario: A reader who asks for a private event by its id gets little or nothing
      When Christie opens "Knee surgery" in Alex's calendar
      Then the service answers with 200 or 403 or 404
      And nothing of "Knee surgery" is disclosed

    @PRV-06
    Scenario Outline: A schedule tells the subject of a <sensitivity> event
      When Christie asks if Alex is busy at "<subject>"
      Then Alex is busy with "<subject>"

      Examples:
        | sensitivity | subject      |
        | normal      | Sales review |
        | personal    | Golf         |

    @PRV-06
    Scenario Outline: A schedule withholds the subject of a <sensitivity> event
      When Christie asks if Alex is busy at "<subject>"
      Then Alex is busy, no more

      Examples:
        | sensitivity  | subject      |
        | private      | Knee surgery |
        | confidential | Merger       |

  Rule: A writer neither sees private events nor changes them

    Background:
      Given Christie has the role "write" on Alex's calendar
      And Christie has found "Sales review" in Alex's calendar in his mailbox
      And Alex has entered "Scan" and "Blood test" in his calendar

    @PRV-01
    Scenario Outline: A writer who <looks> learns nothing private
      When Christie <looks>
      Then nothing of "Knee surgery" is disclosed

      Examples:
        | looks                                                               |
        | asks if Alex is busy at "Knee surgery"                              |
        | opens "Knee surgery" in Alex's calendar                             |
        | views the day of "Sales review" in Alex's calendar in his mailbox   |
        | views the day of "Sales review" in Alex's calendar through her copy |

    @PRV-03
    Scenario: A writer cannot change a private event
      When Christie renames "Scan" in Alex's calendar
      Then the service refuses
      And Alex finds "Scan" as he entered it

    @PRV-03
    Scenario: A writer cannot remove a private event
      When Christie removes "Blood test" from Alex's calendar
      Then the service refuses
      And Alex finds "Blood test" as he entered it

  Rule: A delegate without private access neither sees private events nor changes them

    Background:
      Given Adele has the role "delegateWithoutPrivateEventAccess" on Alex's calendar
      And Adele has found "Sales review" in Alex's calendar in his mailbox
      And Alex has entered "Scan" and "Blood test" in his calendar

    @PRV-01 @PRM-09
    Scenario Outline: A delegate who <looks> learns nothing private
      When Adele <looks>
      Then nothing of "Knee surgery" is disclosed

      Examples:
        | looks                                                               |
        | asks if Alex is busy at "Knee surgery"                              |
        | opens "Knee surgery" in Alex's calendar                             |
        | views the day of "Sales review" in Alex's calendar in his mailbox   |
        | views the day of "Sales review" in Alex's calendar through her copy |

    @PRV-01 @PRM-09
    Scenario Outline: A delegate who lists the events <way> learns nothing private
      When Adele lists the events with "Sales review" in Alex's calendar <way>
      Then nothing of "Knee surgery" is disclosed

      Examples:
        | way              |
        | in his mailbox   |
        | through her copy |

    @PRV-05
    Scenario: A delegate who asks for a private event by its id gets little or nothing
      When Adele opens "Knee surgery" in Alex's calendar
      Then the service answers with 200 or 403 or 404
      And nothing of "Knee surgery" is disclosed

    @PRV-03
    Scenario: A delegate without private access cannot change a private event
      When Adele renames "Scan" in Alex's calendar
      Then the service refuses
      And Alex finds "Scan" as he entered it

    @PRV-03
    Scenario: A delegate without private access cannot remove a private event
      When Adele removes "Blood test" from Alex's calendar
      Then the service refuses
      And Alex finds "Blood test" as he entered it

  Rule: A delegate with private access reads and changes private events like others

    Background:
      Given Adele has the role "delegateWithPrivateEventAccess" on Alex's calendar
      And Alex has entered "Scan" and "Blood test" in his calendar

    @PRV-02 @PRM-10
    Scenario Outline: A trusted delegate who <looks> sees a private event
      When Adele <looks>
      Then "Knee surgery" is shown in full

      Examples:
        | looks                                                               |
        | opens "Knee surgery" in Alex's calendar                             |
        | views the day of "Knee surgery" in Alex's calendar in his mailbox   |
        | views the day of "Knee surgery" in Alex's calendar through her copy |

    @PRV-04 @PRM-10
    Scenario: A trusted delegate can change a private event
      When Adele renames "Scan" in Alex's calendar
      Then the service answers 200
      And Alex finds "Scan" renamed

    @PRV-04 @PRM-10
    Scenario: A trusted delegate can remove a private event
      When Adele removes "Blood test" from Alex's calendar
      Then the service answers 204
      And Alex no longer finds "Blood test"
