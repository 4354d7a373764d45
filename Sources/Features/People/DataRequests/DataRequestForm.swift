import Kernel
import Web

/// What people send with a request and an answer.
enum DataRequestForm {
  private static let length = 1...1000

  /// - Parameter isOwn: whether the person sends it themselves; staff say how they know who asks.
  /// - Throws: `form.invalid`.
  static func asking(_ form: Form, isOwn: Bool) throws -> DataRights.Asking {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: DataRequest.Kind.self)
    let words = reader.lines("words", length: length, isRequired: kind?.needsWords ?? false)
    let identification =
      isOwn ? .session : reader.choice("identified_by", of: DataRequest.Identification.self)
    if !isOwn, identification == .session {
      reader.add("identified_by", Phrase("请选一种核实办法。", "Please choose how you know who asks."))
    }
    try reader.finish()
    guard let kind, let identification else { throw Problem.staleForm }
    return DataRights.Asking(kind: kind, words: words, identifiedBy: identification)
  }

  /// What two sendings under one key have in common.
  static func body(_ form: Form) throws -> [UInt8] {
    Array(try ["kind", "words", "identified_by"].map { try form[$0] ?? "" }.joined(separator: "|").utf8)
  }

  /// An answer of staff: a refusal says why. Source: PIPL art. 50.
  /// - Throws: `form.invalid`.
  static func answer(
    _ form: Form, to kind: DataRequest.Kind
  ) throws -> (outcome: DataRequest.Outcome, answer: String?) {
    var reader = FormReader(form)
    let outcome = reader.choice("outcome", of: DataRequest.Outcome.self)
    let answer = reader.lines(
      "answer", length: length, isRequired: outcome == .refused || kind == .explanation)
    if kind == .deletion, outcome == .done, !reader.isTicked("certain") {
      reader.add("certain", Phrase("注销以后找不回来，请打勾。", "It cannot be undone; please tick this."))
    }
    try reader.finish()
    guard let outcome, outcome != .withdrawn else { throw Problem.staleForm }
    return (outcome, answer)
  }
}
