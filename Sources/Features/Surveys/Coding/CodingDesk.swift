package import Database
package import Kernel
package import People
package import Security

/// Where passages are gathered, coded twice, compared and settled.
package struct CodingDesk: Sendable {
  /// Most passages of one coding; what is left over is for the next one.
  static let mostUnits = 2000

  let directory: Directory

  package struct Draft: Sendable, Equatable {
    let source: Coding.Source
    let scheme: Coding.Scheme
    let first: PersonID
    let second: PersonID

    package init(source: Coding.Source, scheme: Coding.Scheme, first: PersonID, second: PersonID) {
      self.source = source
      self.scheme = scheme
      self.first = first
      self.second = second
    }
  }

  /// Gathers what is to be coded.
  ///
  /// - Parameters:
  ///   - answers: the texts of the source, fetched before the transaction; empty for records.
  ///   - cipher: of what people say to the community.
  /// - Throws: `not_found`, `coding.nothing`, `form.invalid` where the coders are not two of the station.
  @discardableResult
  package func begin(
    _ draft: Draft, of study: StudyID, answers: [SurveyTexts.Text], opening cipher: FieldCipher,
    by actor: Actor, in transaction: Transaction
  ) throws -> CodingID {
    let community = transaction.community
    guard try StudyStore.find(study, in: community, transaction) != nil else { throw Problem.notFound }
    try check(draft, in: transaction)
    let units =
      switch draft.source {
      case .records: try passages(of: study, cipher, transaction)
      case .answers: try self.answers(answers, draft.source, of: study, transaction)
      }
    guard !units.isEmpty else { throw Problem.codingNothing }
    let coding = Coding(
      id: transaction.newIdentifier(), study: study, source: draft.source, scheme: draft.scheme,
      units: Int64(units.count), first: draft.first, second: draft.second, firstDoneAt: nil,
      secondDoneAt: nil, settledAt: nil, madeAt: transaction.now)
    try CodingStore.insert(coding, units, by: actor, in: transaction)
    try transaction.audit("surveys.coding_begin", by: actor, of: coding.id.rawValue)
    return coding.id
  }

  private func check(_ draft: Draft, in transaction: Transaction) throws {
    var problems = Problems()
    let staff = Set(
      try SurveyStaff.roles.flatMap {
        try directory.persons(holding: $0, in: transaction.community, transaction)
      })
    for (field, coder) in [("first", draft.first), ("second", draft.second)] where !staff.contains(coder) {
      problems.add(field, Phrase("请选服务站的社工或督导。", "Please choose one of the station’s social workers."))
    }
    if draft.first == draft.second {
      problems.add("second", Phrase("两个人要不一样。", "The two have to be different people."))
    }
    try problems.throwIfAny()
  }

  /// The passages of locked records that no coding has yet, in the order of the records.
  private func passages(
    of study: StudyID, _ cipher: FieldCipher, _ transaction: Transaction
  ) throws -> [CodingUnit] {
    let community = transaction.community
    let coded = try CodingStore.coded(of: study, in: community, transaction)
    let records = try FieldRecordStore.list(
      of: study, limit: Int(Int32.max), in: community, transaction
    ).reversed()
    var voices: [PersonID: Int64] = [:]
    var units: [CodingUnit] = []
    for record in records {
      let voice = record.facts.speaker.map { speaker in
        voices[speaker] ?? record.number
      }
      if let speaker = record.facts.speaker { voices[speaker] = voice }
      guard FieldRecordRules.isLocked(record, at: transaction.now) else { continue }
      let passages = try FieldRecordStore.passages(
        of: record.id, opening: cipher, in: community, transaction)
      for passage in passages where !coded.contains(.passage(record.id, passage.number)) {
        guard units.count < Self.mostUnits else { return units }
        units.append(
          CodingUnit(
            number: Int64(units.count + 1), text: .passage(record.id, passage.number),
            kind: record.facts.kind, voice: voice ?? record.number))
      }
    }
    return units
  }

  private func answers(
    _ answers: [SurveyTexts.Text], _ source: Coding.Source, of study: StudyID, _ transaction: Transaction
  ) throws -> [CodingUnit] {
    let earlier = try CodingStore.all(of: study, in: transaction.community, transaction)
    guard !earlier.contains(where: { $0.source == source }) else { throw Problem.codingNothing }
    return answers.prefix(Self.mostUnits).enumerated().map { index, text in
      CodingUnit(
        number: Int64(index + 1), text: .answer(text.number), kind: .surveyAnswer, voice: text.number)
    }
  }

  // MARK: - Coding

  /// Gives one passage its codes, in place of those that the same coder gave before; none is an answer too.
  /// - Throws: `not_found`, `coding.not_coder`, `coding.done`, `code.retired`, `coding.one_code`.
  package func give(
    _ codes: Set<ThemeCodeID>, to unit: Int64, of id: CodingID, in study: StudyID, by actor: Actor,
    _ transaction: Transaction
  ) throws {
    let coding = try find(id, of: study, transaction)
    let usable = try usable(study, transaction)
    if let refusal = CodingRules.refusal(toGive: codes, in: coding, by: actor.person, usable: usable) {
      throw refusal
    }
    guard try CodingStore.unit(unit, of: id, in: transaction.community, transaction) != nil else {
      throw Problem.notFound
    }
    try CodingMarkStore.give(codes, to: unit, of: id, by: actor.person, in: transaction)
    try transaction.audit("surveys.coding_give", by: actor, of: id.rawValue)
  }

  /// Says that a coder is done: nothing of theirs is changed from then on. When both are, they may look at each other's.
  /// - Throws: `not_found`, `coding.not_coder`, `coding.done`, `coding.unfinished`.
  package func finish(_ id: CodingID, in study: StudyID, by actor: Actor, _ transaction: Transaction) throws {
    var coding = try find(id, of: study, transaction)
    guard coding.isCoder(actor.person) else { throw Problem.codingNotCoder }
    guard coding.doneAt(actor.person) == nil else { throw Problem.codingDone }
    let own = try CodingMarkStore.own(of: actor.person, in: id, transaction.community, transaction)
    guard own.count == Int(coding.units) else { throw Problem.codingUnfinished }
    if actor.person == coding.first {
      coding.firstDoneAt = transaction.now
    } else {
      coding.secondDoneAt = transaction.now
    }
    try CodingStore.keep(coding, in: transaction)
    try transaction.audit("surveys.coding_finish", by: actor, of: id.rawValue)
  }

  /// Writes down what a passage counts as on which the two differed.
  /// - Throws: `not_found`, `coding.blind`, `coding.done`, `coding.not_coder`, `code.retired`, `coding.one_code`.
  package func decide(
    _ codes: Set<ThemeCodeID>, on unit: Int64, of id: CodingID, in study: StudyID, by actor: Actor,
    _ transaction: Transaction
  ) throws {
    let coding = try find(id, of: study, transaction)
    let pairs = try CodingMarkStore.pairs(of: id, in: transaction.community, transaction)
    guard let pair = pairs.first(where: { $0.unit == unit }) else { throw Problem.notFound }
    let usable = try usable(study, transaction)
    if let refusal = CodingRules.refusal(toDecide: codes, on: pair, in: coding, by: actor, usable: usable) {
      throw refusal
    }
    try CodingMarkStore.keep(
      CodingConsensus(
        unit: unit, codes: codes, way: .decided, decidedAt: transaction.now, decidedBy: actor),
      of: id, in: transaction)
    try transaction.audit("surveys.coding_decide", by: actor, of: id.rawValue)
  }

  /// Ends it: every passage counts as what both gave, or as what was decided. Only then it is counted.
  /// - Throws: `not_found`, `coding.blind`, `coding.done`, `coding.not_coder`, `coding.unfinished`.
  package func settle(_ id: CodingID, in study: StudyID, by actor: Actor, _ transaction: Transaction) throws {
    var coding = try find(id, of: study, transaction)
    guard coding.settledAt == nil else { throw Problem.codingDone }
    guard coding.isCoder(actor.person) || actor.role == .supervisor else { throw Problem.codingNotCoder }
    let community = transaction.community
    let pairs = try CodingMarkStore.pairs(of: id, in: community, transaction)
    let decided = try CodingMarkStore.consensus(of: id, in: community, transaction)
    guard pairs.allSatisfy({ $0.agrees || decided[$0.unit] != nil }) else { throw Problem.codingUnfinished }
    for pair in pairs where pair.agrees {
      try CodingMarkStore.keep(
        CodingConsensus(
          unit: pair.unit, codes: pair.first, way: .agreed, decidedAt: transaction.now, decidedBy: actor),
        of: id, in: transaction)
    }
    coding.settledAt = transaction.now
    try CodingStore.keep(coding, in: transaction)
    try transaction.audit("surveys.coding_settle", by: actor, of: id.rawValue)
  }

  // MARK: - Parts

  private func find(_ id: CodingID, of study: StudyID, _ transaction: Transaction) throws -> Coding {
    guard let coding = try CodingStore.find(id, in: transaction.community, transaction),
      coding.study == study
    else { throw Problem.notFound }
    return coding
  }

  private func usable(_ study: StudyID, _ transaction: Transaction) throws -> Set<ThemeCodeID> {
    let codes = try ThemeCodeStore.all(of: study, in: transaction.community, transaction)
    return Set(codes.filter(\.isActive).map(\.id))
  }
}
