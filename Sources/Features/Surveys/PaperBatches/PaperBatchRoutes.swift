import Database
import Hummingbird
import Kernel
import People
import Web

/// The station's doors of batches: making them, printing them, and how they stand.
struct PaperBatchDoors: Sendable {
  let staff: SurveyStaff
  let desk = PaperDesk()
  let leaving = PaperLeaving()

  func register(on routes: inout Routes) {
    let (readers, objects, writes) = (SurveyStaff.readers, SurveyStaff.objects, SurveyStaff.writes)
    let questionnaire = "\(QuestionnairePages.base)/:questionnaire"
    let one = "\(questionnaire)/collectors/:collector"
    routes.get("\(one)/keying", for: readers, objects: objects) { signedIn in
      .page(try await home(signedIn, .empty, []), signedIn)
    }
    routes.post("\(one)/batches", for: readers, objects: objects, limits: writes) { try await make($0) }
    routes.get("\(one)/batches/:batch", for: readers, objects: objects) { signedIn in
      .page(try await show(signedIn), signedIn)
    }
    routes.post("\(one)/batches/:batch/missing", for: readers, objects: objects, limits: writes) {
      try await miss($0)
    }
    routes.get("\(one)/sheets", for: readers, objects: objects) { try await sheets($0) }
    routes.post("\(questionnaire)/paper/leave-out", for: readers, objects: objects, limits: writes) {
      try await leaveOut($0)
    }
  }

  private func pages(_ signedIn: SignedIn) -> PaperBatchPages {
    PaperBatchPages(say: signedIn.say, token: signedIn.formToken)
  }

  // MARK: - All of a collector

  private func home(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let (questionnaireID, id): (QuestionnaireID, CollectorID) = (
      try signedIn.id("questionnaire"), try signedIn.id("collector")
    )
    let (community, now) = (signedIn.community.id, signedIn.now)
    let home = try await staff.database.read { snapshot in
      guard let collector = try CollectorStore.find(id, in: community, snapshot), collector.kind == .paper,
        collector.questionnaire == questionnaireID,
        let questionnaire = try QuestionnaireStore.find(questionnaireID, in: community, snapshot),
        let version = try QuestionnaireVersionStore.version(
          questionnaire.version, of: questionnaireID, in: community, snapshot)
      else { throw Problem.notFound }
      let batches = try PaperBatchStore.batches(of: id, in: community, snapshot).map { batch in
        (
          batch: batch,
          figures: PaperFigures(try PaperBatchStore.lines(of: batch.id, in: community, snapshot))
        )
      }
      return PaperBatchPages.Home(
        collector: collector, questionnaire: questionnaire, version: version, batches: batches,
        isOpen: questionnaire.state == .open && collector.isOpen(at: now))
    }
    return pages(signedIn).home(home, key: Form.newKey, state, alerts: alerts)
  }

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let (questionnaire, id): (QuestionnaireID, CollectorID) = (
      try signedIn.id("questionnaire"), try signedIn.id("collector")
    )
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await home(signedIn, $0, $1) },
      work: {
        let draft = try PaperBatchForm.draft(form)
        let made = try await staff.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /surveys/batches", signedIn)
        ) { [desk] in try desk.make(draft, of: questionnaire, through: id, by: actor, in: $0).id }
        return .redirect(
          to: "\(QuestionnairePages.path(questionnaire))/collectors/\(id)/batches/\(made)?saved=1")
      })
  }

  // MARK: - One

  /// - Throws: `not_found` where the path does not lead to it.
  private func batch(_ signedIn: SignedIn, _ id: PaperBatchID, _ snapshot: Snapshot) throws -> PaperBatch {
    let (questionnaire, collector): (QuestionnaireID, CollectorID) = (
      try signedIn.id("questionnaire"), try signedIn.id("collector")
    )
    guard let batch = try PaperBatchStore.find(id, in: signedIn.community.id, snapshot),
      batch.questionnaire == questionnaire, batch.collector == collector
    else { throw Problem.notFound }
    return batch
  }

  private func show(_ signedIn: SignedIn) async throws -> Page {
    let id: PaperBatchID = try signedIn.id("batch")
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let last = signedIn.query("after").flatMap { Int64($0) } ?? 0
    let view = try await staff.database.read { [directory = staff.directory] snapshot in
      let batch = try batch(signedIn, id, snapshot)
      let lines = try PaperBatchStore.lines(of: id, in: community, snapshot)
      let tallies = try PaperEntryStore.tallies(of: id, in: community, snapshot)
      guard let questionnaire = try QuestionnaireStore.find(batch.questionnaire, in: community, snapshot),
        let version = try QuestionnaireVersionStore.version(
          batch.version, of: batch.questionnaire, in: community, snapshot)
      else { throw Problem.notFound }
      let persons =
        lines.flatMap(\.keyers) + lines.compactMap(\.sheet.settledBy?.person)
        + tallies.flatMap { [$0.first, $0.second] }
      let takes = PaperRules.takesEntries(questionnaire)
      let next = lines.first { line in
        line.sheet.number > last && line.sheet.state == .open && line.keyers.count < 2
          && !line.keyers.contains(person)
      }
      return PaperBatchPages.View(
        batch: batch, title: version.terms.title, paper: try PaperForm(version, in: batch.language),
        lines: lines, figures: PaperFigures(lines), tallies: tallies,
        names: try directory.displayNames(of: Set(persons), in: community, snapshot), takesEntries: takes,
        next: takes ? next.map { batch.serial($0.sheet.number) } : nil)
    }
    return pages(signedIn).one(view, key: Form.newKey, alerts: alerts(signedIn))
  }

  private func alerts(_ signedIn: SignedIn) -> [HTML] {
    guard let outcome = signedIn.query("keyed").flatMap(PaperDesk.Outcome.init(rawValue:)) else {
      return signedIn.savedNotice
    }
    let say = signedIn.say
    return switch outcome {
    case .keyedOnce:
      [
        PageParts.notice(
          say("第一遍录好了，等另一位来录第二遍。", "Keyed in once; somebody else does it the second time."), .good)
      ]
    case .stored: [PageParts.notice(say("两遍一样，存好了。", "Both entries are the same: stored."), .good)]
    case .differing:
      [
        PageParts.notice(
          say(
            "录好了。两遍有不一样或者前后矛盾的地方，请对着纸核对。",
            "Keyed in. Something differs or contradicts itself: please look at the paper."))
      ]
    }
  }

  private func miss(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let id: PaperBatchID = try signedIn.id("batch")
    let community = signedIn.community.id
    let form = try await signedIn.form()
    let found = try await staff.database.read { try batch(signedIn, id, $0) }
    try await staff.database.change(
      in: community, once: try form.onceKey("POST /surveys/batches/missing", signedIn)
    ) { [leaving] transaction in
      for line in try PaperBatchStore.lines(of: id, in: community, transaction) where line.standing == .blank
      {
        try leaving.miss(found.serial(line.sheet.number), by: actor, in: transaction)
      }
    }
    return .redirect(to: "\(PaperParts.batch(found))?saved=1")
  }

  /// What is still open of a questionnaire is left out; asked for before its answers are locked.
  private func leaveOut(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let (id, community): (QuestionnaireID, CommunityID) = (
      try signedIn.id("questionnaire"), signedIn.community.id
    )
    let form = try await signedIn.form()
    try await staff.database.change(
      in: community, once: try form.onceKey("POST /surveys/paper/leave-out", signedIn)
    ) { [leaving] transaction in
      guard try QuestionnaireStore.find(id, in: community, transaction) != nil else { throw Problem.notFound }
      try leaving.leaveOut(of: id, by: actor, in: transaction)
    }
    return .redirect(to: LockPages.path(id))
  }

  // MARK: - Printing

  /// Some sheets of a batch; of the newest where none is named.
  private func sheets(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let (questionnaire, collector): (QuestionnaireID, CollectorID) = (
      try signedIn.id("questionnaire"), try signedIn.id("collector")
    )
    let asked = signedIn.query("batch").flatMap { PaperBatchID($0) }
    let found = try await staff.database.read { snapshot -> (PaperBatch, QuestionnaireVersion)? in
      let batches = try PaperBatchStore.batches(of: collector, in: community, snapshot)
      guard
        let batch = batches.first(where: { batch in asked.map { batch.id == $0 } ?? true }),
        batch.questionnaire == questionnaire,
        let version = try QuestionnaireVersionStore.version(
          batch.version, of: questionnaire, in: community, snapshot)
      else { return nil }
      return (batch, version)
    }
    guard let (batch, version) = found else {
      if asked != nil { throw Problem.notFound }
      // There is nothing to print yet: batches are made there.
      return .redirect(to: "\(QuestionnairePages.path(questionnaire))/collectors/\(collector)/keying")
    }
    let first = max(1, signedIn.query("from").flatMap { Int64($0) } ?? 1)
    let last = min(first + PaperRules.sheetsAtOnce - 1, batch.sheets)
    guard first <= last else { throw Problem.notFound }
    let pages = PaperSheetPages(
      say: PaperForm.wording(batch.language, signedIn.say), paper: try PaperForm(version, in: batch.language),
      batch: batch, origin: signedIn.visit.origin, phone: signedIn.community.phoneNumber)
    return .page(pages.sheets(first...last), signedIn)
  }
}
