import Database
import Hummingbird
import Kernel
import Web

/// The desk's doors of what is read together or printed: answers, cards, and the short report.
struct VisitSheets: Sendable {
  let visits: CaseVisits
  let desk: VisitDesk
  let rooms: VisitCampaigns

  func register(on routes: inout Routes) {
    let (readers, own) = (CaseForms.readers, VisitCampaigns.own)
    routes.get("/visit-campaigns/:campaign/results", for: readers, objects: own) { try await results($0) }
    routes.get("/visit-campaigns/:campaign/cards", for: readers, objects: own) { try await cards($0) }
    routes.get("/visit-campaigns/:campaign/report", for: readers, objects: own) { try await report($0) }
  }

  private func results(_ signedIn: SignedIn) async throws -> Response {
    let opener = try await visits.keys.opening([nil], in: signedIn.community.id)
    let (view, tally) = try await rooms.look(signedIn, .results) { open, reading, snapshot in
      let view = try reading.view(open, snapshot)
      return (view, try Self.tally(view, opener, reading.community, snapshot))
    }
    let pages = VisitRecordPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
    return .page(pages.results(view, tally), signedIn)
  }

  /// What was answered to the questions that are asked now; answers to earlier wordings stay with their doors.
  private static func tally(
    _ view: VisitView, _ opener: CareOpener, _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> VisitTally {
    let questions = view.campaign.terms.questions
    let asked = try VisitStore.questions(of: view.campaign.id, in: community, snapshot)
    let outcomes = view.places.flatMap(\.outcomes).filter { asked[$0.version] == questions }
    let texts = try CareTextStore.texts(
      outcomes.compactMap(\.text), view.open.texts, in: community, snapshot)
    let documents = try opener.open(texts)
    let current = Set(outcomes.map(\.id))
    let answers = view.places.map { place in
      place.outcomes.filter { current.contains($0.id) }
        .sorted { ($0.happenedAt, $0.id) < ($1.happenedAt, $1.id) }
        .compactMap { outcome in
          outcome.text.flatMap { documents[$0] }
            .map { VisitAnswers(text: $0[.answers], to: questions) }
        }
    }
    return VisitTally(questions, answers)
  }

  /// Cards are printed only while doors may be knocked at, so that no names and doors lie about before and after.
  private func cards(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, cards) = try await rooms.look(
      signedIn, .cards,
      if: { open, snapshot in
        guard open.campaign.isRunning(at: snapshot.now) else { throw Problem.visitNotRunning }
      },
      { open, reading, snapshot in
        let view = try reading.view(open, snapshot)
        return (open.campaign, try VisitReading.cards(view.places, open.campaign.terms))
      })
    let pages = VisitSheetPages(say: signedIn.say, phone: signedIn.community.phoneNumber)
    return .page(pages.cards(cards, title: campaign.terms.title), signedIn)
  }

  private func report(_ signedIn: SignedIn) async throws -> Response {
    let view = try await rooms.look(signedIn, .report) { open, reading, snapshot in
      try reading.view(open, snapshot)
    }
    let pages = VisitSheetPages(say: signedIn.say, phone: signedIn.community.phoneNumber)
    return .page(pages.report(view.campaign, view.progress, at: signedIn.now), signedIn)
  }
}
