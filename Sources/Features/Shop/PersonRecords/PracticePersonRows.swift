import Database
import Kernel
import People

/// What a person learned in a practice shop.
enum PracticePersonRows {
  /// Steps stand before learners: no step is kept of somebody who is no learner.
  static let learning: [PersonTable] = [
    PersonTable(
      "shop_practice_step", Phrase("练习店里学会的", "What I learned in the practice shop"), ending: .deleted,
      columns: [
        PersonColumn("noted_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("step", Phrase("学了什么", "Step"), stored(\PracticeStep.name)),
        PersonColumn("level", Phrase("到哪一步", "How well"), stored(\PracticeLevel.name)),
        PersonColumn("seen_at", Phrase("店里什么时候看到的", "Seen by the shop"), .moment),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "shop_practice_learner", Phrase("我的练习码", "My code in the practice shop"), ending: .deleted,
      columns: [
        PersonColumn("handed_out_at", Phrase("什么时候给的", "Handed out"), .moment),
        PersonColumn("code", Phrase("码", "Code")),
        PersonColumn("forget_at", Phrase("什么时候忘掉", "To be forgotten"), .moment),
      ]
    ) { "person_id = \($0.person)" },
  ]
}
