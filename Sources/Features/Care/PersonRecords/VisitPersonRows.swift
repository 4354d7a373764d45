import Database
import Kernel
import People

/// What the tables of door visits keep about a household, and about whoever was asked to go.
enum VisitPersonRows {
  /// On `care_visit_door`; nothing for whoever belongs to no household.
  static func ofHousehold(_ subject: DataSubject) -> Query {
    guard let household = subject.household else { return "1 = 0" }
    return "household_id = \(household)"
  }

  private static let ofDoor: @Sendable (DataSubject) -> Query = { subject in
    """
    door_id IN (SELECT door.id FROM care_visit_door AS door
      WHERE door.community_id = \(subject.community) AND \(ofHousehold(subject)))
    """
  }

  static let tables = [
    PersonTable(
      "care_visit_door", Phrase("入户走访名单", "Lists of doors to visit"), ending: .kept(CareKept.figures),
      columns: [
        .choice("source", Phrase("怎么上的名单", "How it came on the list")) { (source: VisitDoor.Source) in
          source.name
        },
        PersonColumn("is_listed", Phrase("还在名单上", "Still on it"), .yesNo),
      ], isAbout: { ofHousehold($0) }),
    PersonTable(
      "care_visit_door_event", Phrase("名单的变动", "Changes of the lists"), ending: .kept(CareKept.figures),
      columns: [
        .moment("happened_at", Phrase("时间", "When")),
        PersonColumn(
          "kind", Phrase("什么变动", "What"),
          .choice([
            "listed": Phrase("上了名单", "Put on"), "removed": Phrase("拿下名单", "Taken off"),
            "given": Phrase("交给走访的人", "Given to a visitor"),
          ])),
        .choice("removal", Phrase("为什么拿下", "Why it was taken off")) { (removal: VisitDoor.Removal) in
          removal.name
        },
      ], isAbout: ofDoor),
    // What was said at the door is gone, and with it the mark where it stood.
    PersonTable(
      "care_visit_outcome", Phrase("入户走访", "Door visits"), ending: .cleared("text_id = NULL"),
      columns: [
        .moment("happened_at", Phrase("时间", "When")),
        .choice("kind", Phrase("结果", "What came of it")) { (kind: VisitOutcome.Kind) in kind.name },
        .moment("come_again_at", Phrase("约好再来", "To come again")),
      ], isAbout: ofDoor),
    PersonTable(
      "care_visit_visitor", Phrase("请您去走访", "Visits that you were asked to make"),
      ending: .kept(CareKept.traces),
      columns: [.moment("asked_at", Phrase("时间", "When"))], isAbout: { "person_id = \($0.person)" }),
  ]
}
