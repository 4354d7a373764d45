import Database
import Kernel
import People

/// What locked answers and published tables keep about persons: who locked and published, and nobody who answered.
enum AnalysisPersonRows {
  static let tables: [PersonTable] = []

  static let acts = [
    PersonActs(
      "surveys_lock_request", Phrase("要封存的答案", "Answers asked to be locked"), by: "requested_by_id",
      at: "requested_at"),
    PersonActs("surveys_lock", Phrase("封存的答案", "Answers locked"), by: "locked_by_id", at: "locked_at"),
    PersonActs(
      "surveys_published_table", Phrase("公布的表", "Tables published"), by: "released_by_id",
      at: "released_at"),
  ]

  static let impersonal = [
    ImpersonalTable(
      "surveys_lock_column",
      Phrase(
        "封存的答案，不带名字、原话和时间，次序也对不上人",
        "Locked answers without names, words and times, in an order that says nothing of whose they are"))
  ]
}
