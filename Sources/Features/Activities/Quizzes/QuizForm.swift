import Kernel
import Web

/// Reads what a quiz is to be.
enum QuizForm {
  static let noActivity = "none"

  /// What a draft is made from; its questions get their versions where they are looked up.
  struct Filled: Sendable, Equatable {
    /// Without questions.
    let terms: QuizTerms
    let questions: [QuizQuestionID]
    /// Nil where the form does not ask: it is chosen once.
    let unit: Quiz.Unit?
  }

  /// - Parameter isNew: whether the form asks who has one entry.
  /// - Throws: `form.invalid` naming every wrong field.
  static func filled(_ form: Form, isNew: Bool, offsetSeconds: Int) throws -> Filled {
    var reader = FormReader(form)
    let title = reader.text("title", length: QuizRules.titleLength)
    let unit = isNew ? reader.choice("unit", of: Quiz.Unit.self) : nil
    let opensAt = reader.moment("opens_at", offsetSeconds: offsetSeconds)
    let closesAt = reader.moment("closes_at", offsetSeconds: offsetSeconds)
    if let opensAt, let closesAt {
      if closesAt <= opensAt {
        reader.add("closes_at", Phrase("截止要晚于开始。", "It has to close after it opens."))
      } else if closesAt - opensAt > QuizRules.longest {
        reader.add("closes_at", Phrase("最长三个月。", "Three months at most."))
      }
    }
    let questions = questions(&reader)
    let threshold = reader.integer("threshold", in: 1...Int64(QuizRules.questionCount.upperBound))
    if let threshold, !questions.isEmpty, threshold > questions.count {
      reader.add(
        "threshold",
        Phrase(
          "比题目还多，最多 \(questions.count)。", "That is more than there are questions: at most \(questions.count)."
        ))
    }
    let prizes = prizes(&reader)
    let place = reader.text("collect_place", length: QuizRules.placeLength)
    let days = reader.integer("collect_days", in: QuizRules.collectDays)
    let activity = activity(&reader)
    try reader.finish()
    guard let title, let opensAt, let closesAt, let threshold, let place, let days else {
      throw Problem.internalFault
    }
    return Filled(
      terms: QuizTerms(
        title: title, opensAt: opensAt, closesAt: closesAt, threshold: Int(threshold), prizes: prizes,
        collectPlace: place, collectDays: days, activity: activity, questions: []),
      questions: questions, unit: unit)
  }

  private static func questions(_ reader: inout FormReader) -> [QuizQuestionID] {
    let typed = reader.form.all("questions")
    let found = typed.compactMap { QuizQuestionID($0) }
    if found.count != typed.count || Set(found).count != found.count {
      reader.add("questions", Phrase("请从列表里选择。", "Please choose from the list."))
    } else if !QuizRules.questionCount.contains(found.count) {
      reader.add(
        "questions",
        Phrase(
          "请选 1 到 \(QuizRules.questionCount.upperBound) 道题。",
          "Please choose 1 to \(QuizRules.questionCount.upperBound) questions."))
    }
    return found
  }

  /// Each kind of prize stands in two fields: what it is, and how many there are.
  private static func prizes(_ reader: inout FormReader) -> [QuizPrize] {
    let prizes = (1...QuizRules.prizeKinds).compactMap { number -> QuizPrize? in
      let field = "pieces-\(number)"
      let name = reader.text("prize-\(number)", length: QuizRules.prizeLength, isRequired: number == 1)
      let pieces = reader.integer(field, in: QuizRules.piecesOfOne, isRequired: name != nil)
      if name == nil, pieces != nil, number > 1 {
        reader.add("prize-\(number)", Phrase("有数量，没有奖品。", "There is a number without a prize."))
      }
      return name.flatMap { name in pieces.map { QuizPrize(name: name, pieces: $0) } }
    }
    if prizes.reduce(0, { $0 + $1.pieces }) > QuizRules.pieces {
      reader.add(
        "pieces-1",
        Phrase("奖品一共最多 \(QuizRules.pieces) 份。", "At most \(QuizRules.pieces) pieces in all."))
    }
    return prizes
  }

  private static func activity(_ reader: inout FormReader) -> ActivityID? {
    guard let text = reader.raw("activity"), text != noActivity else { return nil }
    guard let id = ActivityID(text) else {
      reader.add("activity", Phrase("请从列表里选择。", "Please choose from the list."))
      return nil
    }
    return id
  }

  /// A draft as it stands in its form.
  static func state(_ terms: QuizTerms, offsetSeconds: Int) -> FormState {
    func local(_ moment: Timestamp) -> String {
      CivilDateTime(moment, offsetSeconds: offsetSeconds).isoLocal
    }
    var fields = [
      ("title", terms.title), ("opens_at", local(terms.opensAt)), ("closes_at", local(terms.closesAt)),
      ("threshold", String(terms.threshold)), ("collect_place", terms.collectPlace),
      ("collect_days", String(terms.collectDays)),
      ("activity", terms.activity.map { $0.description } ?? noActivity),
    ]
    fields += terms.questions.map { ("questions", $0.question.description) }
    for (index, prize) in terms.prizes.enumerated() {
      fields += [("prize-\(index + 1)", prize.name), ("pieces-\(index + 1)", String(prize.pieces))]
    }
    return FormState(Form(fields: fields.map { Form.Field(name: $0.0, value: $0.1) }))
  }
}

/// Reads answers, and what is noted of a prize.
enum QuizAnswerForm {
  /// What stands for no answer in the station's form.
  static let none = "-"

  /// The field of the question at a position from 0.
  static func field(_ index: Int) -> String { "answer-\(index + 1)" }

  /// - Parameters:
  ///   - mayLack: whether a question may stay without an answer, as it does on paper.
  /// - Throws: `form.invalid` naming every question without a usable answer.
  static func answers(_ form: Form, to questions: [QuizQuestion], mayLack: Bool) throws -> QuizAnswers {
    var reader = FormReader(form)
    let chosen = questions.enumerated().map { index, question -> Int? in
      let field = field(index)
      guard let text = reader.raw(field) else {
        reader.add(
          field,
          Phrase("第 \(index + 1) 题还没选。", "Question \(index + 1) has no answer yet."))
        return nil
      }
      if mayLack, text == none { return nil }
      guard let option = QuizOption.position(text), question.content.options.indices.contains(option) else {
        reader.add(
          field,
          Phrase("第 \(index + 1) 题请从选项里选。", "Please choose one of the options of question \(index + 1)."))
        return nil
      }
      return option
    }
    try reader.finish()
    return QuizAnswers(chosen)
  }

  /// Who fetched a prize.
  struct Handover: Sendable, Equatable {
    let receiver: QuizAward.Receiver
    /// Of whom the winner sent; nil otherwise.
    let name: String?
  }

  /// - Throws: `form.invalid`.
  static func handover(_ form: Form) throws -> Handover {
    var reader = FormReader(form)
    let receiver = reader.choice("receiver", of: QuizAward.Receiver.self)
    let name = reader.text(
      "name", length: QuizAwardRules.receiverLength, isRequired: receiver == .sent)
    try reader.finish()
    guard let receiver else { throw Problem.internalFault }
    return Handover(receiver: receiver, name: receiver == .sent ? name : nil)
  }

  /// Why a prize goes to the next.
  /// - Throws: `form.invalid`.
  static func ground(_ form: Form) throws -> QuizAward.Kind {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: QuizAward.Kind.self)
    if kind == .handed { reader.add("kind", Phrase("请从列表里选择。", "Please choose from the list.")) }
    try reader.finish()
    guard let kind else { throw Problem.internalFault }
    return kind
  }
}
