import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors by which people answer a questionnaire whose address they have.
struct AnswerDoors: Sendable {
  private static let answers = RateLimit("surveys.answer", 120, per: .minutes(1), by: .address)
  /// After so long a tablet is ready for the next person by itself, in seconds.
  private static let nextPerson = 20

  let staff: SurveyStaff
  /// Where answers go that become gifts.
  var gifts = SurveyGifts()
  let desk = ResponseDesk()

  func register(on routes: inout Routes) {
    let own = Objects.own("answers of whoever was given the address")
    let one = "\(AnswerPages.base)/:token"
    routes.get(AnswerPages.base, .everyone, objects: .community) { try await list($0) }
    routes.get(one, .everyone, objects: own) { try await ask($0) }
    routes.post(one, .everyone, objects: own, limits: [Self.answers]) { try await answer($0) }
    routes.get("\(one)/thanks", .everyone, objects: own) { try await thanks($0) }
  }

  /// As many questionnaires as anybody would answer.
  private static let mostListed = 20

  private func list(_ visit: Visit) async throws -> Response {
    let (community, now) = (visit.community.id, visit.now)
    let entries = try await staff.database.read { [keys = staff.keys] snapshot in
      try CollectorStore.listed(at: now, limit: Self.mostListed, in: community, snapshot)
        .compactMap { collector -> AnswerPages.Listed? in
          guard
            let questionnaire = try QuestionnaireStore.find(collector.questionnaire, in: community, snapshot),
            let version = try QuestionnaireVersionStore.version(
              questionnaire.version, of: questionnaire.id, in: community, snapshot)
          else { return nil }
          return AnswerPages.Listed(
            terms: version.terms, closesAt: collector.closesAt,
            path: "\(AnswerPages.base)/\(keys.token(of: collector, in: community))")
        }
    }
    return .page(pages(visit).list(entries), visit)
  }

  /// What stands behind an address.
  private struct Target: Sendable {
    let questionnaire: Questionnaire
    let collector: Collector
    /// The newest version, which is asked.
    let version: QuestionnaireVersion
    let path: String

    func isOpen(at moment: Timestamp) -> Bool {
      questionnaire.state == .open && collector.isOpen(at: moment)
    }
  }

  /// - Throws: `not_found` for an address that is none.
  private func target(_ visit: Visit) async throws -> Target {
    let token = try visit.parameter("token")
    let community = visit.community.id
    guard let id = CollectorKeys.collector(in: token) else { throw Problem.notFound }
    return try await staff.database.read { [keys = staff.keys] snapshot in
      guard let collector = try CollectorStore.find(id, in: community, snapshot), collector.kind.isPublic,
        keys.isToken(token, of: collector, in: community),
        let questionnaire = try QuestionnaireStore.find(collector.questionnaire, in: community, snapshot),
        let version = try QuestionnaireVersionStore.version(
          questionnaire.version, of: questionnaire.id, in: community, snapshot)
      else { throw Problem.notFound }
      return Target(
        questionnaire: questionnaire, collector: collector, version: version,
        path: "\(AnswerPages.base)/\(token)")
    }
  }

  private func pages(_ visit: Visit) -> AnswerPages { AnswerPages(say: visit.say, token: visit.formToken) }

  private func clock(_ visit: Visit) -> ExpressionClock {
    ExpressionClock(now: visit.now, offsetSeconds: visit.community.offsetSeconds)
  }

  // MARK: - Asking

  private func ask(_ visit: Visit) async throws -> Response {
    let target = try await target(visit)
    if let page = try await closedPage(visit, target) { return page }
    let definition = target.version.definition
    let language = AnswerSheet.language(
      of: definition, asked: visit.query("language"), reader: visit.language)
    let first = DefaultAnswers.of(definition, clock: clock(visit))
    let sheet = try AnswerSheet(target.version, language: language, answers: first, clock: clock(visit))
    return .page(
      page(
        visit, target, sheet, FormState(QuestionParts.fields(of: first, definition)), [],
        key: Form.newKey, gift: try await gift(visit, target.version)), visit)
  }

  /// Why this visitor cannot answer here, if they cannot.
  private func closedPage(_ visit: Visit, _ target: Target) async throws -> Response? {
    let (terms, pages) = (target.version.terms, pages(visit))
    guard target.isOpen(at: visit.now) else {
      return .page(
        pages.closed(terms.title, .collectorEnded, signIn: nil), visit, status: .init(code: 410))
    }
    if target.collector.kind == .letter { return nil }
    do {
      let participation = try ResponseRules.participation(
        of: respondent(visit, letter: nil), through: target.collector.kind, under: terms)
      guard let participation else { return nil }
      let hasAnswered = try await staff.database.read {
        try ResponseStore.hasParticipated(
          participation, in: target.questionnaire.id, visit.community.id, $0)
      }
      return hasAnswered ? .page(pages.closed(terms.title, .surveyAnswered, signIn: nil), visit) : nil
    } catch let problem as Problem {
      let signIn = visit.session == nil ? "/sign-in?next=\(URLEncodedText.encode(target.path))" : nil
      return .page(pages.closed(terms.title, problem, signIn: signIn), visit)
    }
  }

  private func respondent(_ visit: Visit, letter: Int64?) -> Respondent {
    if let letter { return .letter(letter) }
    return visit.session.map { .person($0.personID, household: $0.householdID) } ?? .nobody
  }

  /// How this visitor stands to becoming known for what they answer; nil where they are not asked.
  private func gift(_ visit: Visit, _ version: QuestionnaireVersion) async throws -> GiftConsent.Standing? {
    let (community, respondent) = (visit.community.id, respondent(visit, letter: nil))
    return try await staff.database.read { [gifts] in
      try gifts.standing(of: respondent, to: version, in: community, $0)
    }
  }

  private func page(
    _ visit: Visit, _ target: Target, _ sheet: AnswerSheet, _ state: FormState, _ alerts: [HTML],
    key: String, gift: GiftConsent.Standing?
  ) -> Page {
    let isLetter = target.collector.kind == .letter
    let typed = visit.query("letter")
    return pages(visit).page(
      AnswerPages.Request(
        sheet: sheet, path: target.path, key: key, state: state, alerts: alerts,
        respondent: { fields in
          guard isLetter else { return .empty }
          if let typed { return fields.hidden("letter", typed) }
          return fields.text(
            "letter", Phrase("信上的号码", "The code on your letter"),
            hint: Phrase("比如 0042-7h3k9q2m1v", "Such as 0042-7h3k9q2m1v"), maximumLength: 30)
        },
        yes: { fields in gift.map { GiftYesParts(say: visit.say, fields: fields).yes($0) } ?? .empty },
        isInterview: false,
        keepsDraft: target.collector.kind != .kiosk && visit.session?.isCardSession != true))
  }

  // MARK: - Taking

  private func answer(_ visit: Visit) async throws -> Response {
    let target = try await target(visit)
    let sent = try await visit.form()
    let version = try await version(of: sent, target, visit)
    let definition = version.definition
    let language = AnswerSheet.language(of: definition, asked: try sent["language"], reader: visit.language)
    let empty = try AnswerSheet(version, language: language, answers: ResponseAnswers(), clock: clock(visit))
    let key = try sent["key"] ?? ""
    let gift = try await gift(visit, version)
    return try await FormAgain.answer(
      visit, sent,
      page: {
        page(
          visit, target, (try? sheet(sent, version, language, visit)) ?? empty, $0, $1, key: key, gift: gift)
      },
      work: {
        let form = try AnswerForm(sent, definition, offsetSeconds: visit.community.offsetSeconds)
        let sheet = try sheet(sent, version, language, visit)
        if !sheet.unseen(among: form.shown).isEmpty {
          let more = visit.say("根据您的回答，还有几道题。", "There are some more questions after what you answered.")
          return .page(
            page(visit, target, sheet, FormState(sent), [PageParts.notice(more)], key: key, gift: gift), visit
          )
        }
        // What is wrong with the answers is told before whose they are.
        try sheet.check()
        try await take(
          sheet, form, target, visit, letter: try letter(sent, target, visit),
          isShared: gift != nil && GiftYesParts.isTicked(sent))
        return .redirect(to: "\(target.path)/thanks")
      })
  }

  private func sheet(
    _ sent: Form, _ version: QuestionnaireVersion, _ language: FormLanguage, _ visit: Visit
  ) throws -> AnswerSheet {
    let form = try AnswerForm(sent, version.definition, offsetSeconds: visit.community.offsetSeconds)
    return try AnswerSheet(version, language: language, answers: form.answers, clock: clock(visit))
  }

  /// The version that stood on the page, which may be older than the newest.
  private func version(
    of sent: Form, _ target: Target, _ visit: Visit
  ) async throws -> QuestionnaireVersion {
    guard let number = try sent["version"].flatMap({ Int64($0) }) else { throw Problem.staleForm }
    if number == target.version.number { return target.version }
    let version = try await staff.database.read {
      try QuestionnaireVersionStore.version(
        number, of: target.questionnaire.id, in: visit.community.id, $0)
    }
    guard let version else { throw Problem.staleForm }
    return version
  }

  /// The number of the letter that was typed; nil where none is needed.
  /// - Throws: `form.invalid`.
  private func letter(_ sent: Form, _ target: Target, _ visit: Visit) throws -> Int64? {
    guard target.collector.kind == .letter else { return nil }
    let number = staff.keys.letter(
      typed: try sent["letter"] ?? "", of: target.questionnaire.id, in: visit.community.id)
    guard let number, target.collector.sheets?.contains(number) == true else {
      throw Problem.invalid([FieldProblem("letter", Problem.surveyLetterUnknown.title)])
    }
    return number
  }

  private func take(
    _ sheet: AnswerSheet, _ form: AnswerForm, _ target: Target, _ visit: Visit, letter: Int64?,
    isShared: Bool
  ) async throws {
    let community = visit.community.id
    let cipher = try await staff.cipher(of: community)
    let map = isShared ? try await gifts.proposals.desk(community) : nil
    let respondent = respondent(visit, letter: letter)
    try await staff.database.write(in: community) { [desk, gifts] transaction in
      let outcome = try desk.take(
        sheet, through: target.collector, from: respondent, clientKey: form.key, recordedBy: nil,
        sealing: cipher, in: transaction)
      // The same answers sent twice are one gift.
      guard outcome == .kept, let map, case .person(let person, _) = respondent else { return }
      try gifts.handOn(sheet, of: person, through: map, in: transaction)
    }
  }

  private func thanks(_ visit: Visit) async throws -> Response {
    let target = try await target(visit)
    let isKiosk = target.collector.kind == .kiosk
    var response = Response.page(
      pages(visit).thanks(
        target.version.terms.title, path: target.path, again: isKiosk ? target.path : nil), visit)
    if isKiosk, let refresh = HTTPField.Name("refresh") {
      response.headers[refresh] = "\(Self.nextPerson); url=\(target.path)"
    }
    return response
  }
}
