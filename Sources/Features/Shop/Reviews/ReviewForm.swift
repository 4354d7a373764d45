import Kernel
import Web

/// What people write on the pages of reviews.
enum ReviewForm {
  /// Beyond any text that is meant; what is too long below it is told with its real limit.
  private static let readable = 1...20_000

  /// - Throws: `form.invalid` naming each field.
  static func draft(_ form: Form) throws -> ReviewDraft {
    var reader = FormReader(form)
    let rating = reader.raw("stars").flatMap { Int($0) }.flatMap(Review.Rating.init)
    if rating == nil { reader.add("stars", starsNeeded) }
    let text = text("text", by: .household, isRequired: false, &reader)
    try reader.finish()
    guard let rating, let text else { throw Problem.internalFault }
    return ReviewDraft(rating, text)
  }

  /// What is said to a review, under the field's name.
  /// - Throws: `form.invalid` naming the field.
  static func remark(_ form: Form, _ field: String, by voice: ReviewRemark.Voice) throws -> ReviewText {
    var reader = FormReader(form)
    let text = text(field, by: voice, isRequired: true, &reader)
    try reader.finish()
    guard let text else { throw Problem.internalFault }
    return text
  }

  private static func text(
    _ field: String, by voice: ReviewRemark.Voice, isRequired: Bool, _ reader: inout FormReader
  ) -> ReviewText? {
    let before = reader.problems.fields.count
    let typed = reader.lines(field, length: readable, isRequired: false) ?? ""
    guard reader.problems.fields.count == before else { return nil }
    if isRequired, typed.isEmpty {
      reader.add(field, ReviewText.needed)
    } else if let fault = ReviewText.fault(ProductText.trimmed(typed), by: voice) {
      reader.add(field, fault)
    } else {
      return try? ReviewText(typed, by: voice, in: field)
    }
    return nil
  }

  static let starsNeeded = Phrase("请选几颗星。", "Please choose how many stars.")

  /// The field of an answer: many stand on one page.
  static func answerField(_ review: ReviewID) -> String { "answer-\(review)" }
}
