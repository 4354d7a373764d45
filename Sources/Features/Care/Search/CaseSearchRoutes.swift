import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Web

/// The doors of the search. Words are sent in the body and never stand in an address, where logs and histories keep them.
struct CaseSearchDoors: Sendable {
  private static let casesSearched = 200
  private static let shown = 50

  let visits: CaseVisits

  func register(on routes: inout Routes) {
    routes.get("/cases/search", for: CaseForms.readers, objects: CaseForms.own) { signedIn in
      _ = try await visits.reader(signedIn)
      return .page(
        CaseSearchPages(say: signedIn.say, token: signedIn.formToken).page(nil, isCut: false, .empty),
        signedIn)
    }
    routes.post(
      "/cases/search", for: CaseForms.readers, objects: CaseForms.own,
      limits: [RateLimit("care.search", 60, per: .hours(1))]
    ) { try await search($0) }
  }

  private func search(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form,
      page: { state, _ in
        CaseSearchPages(say: signedIn.say, token: signedIn.formToken).page(nil, isCut: false, state)
      },
      work: {
        var reader = FormReader(form)
        let query = reader.text("words", length: 1...80)
        try reader.finish()
        let found = try await found(CaseSearch.words(query ?? ""), signedIn)
        let page = CaseSearchPages(say: signedIn.say, token: signedIn.formToken).page(
          Array(found.prefix(Self.shown)), isCut: found.count > Self.shown, FormState(form))
        return .page(page, signedIn)
      })
  }

  private func found(_ words: [[UInt8]], _ signedIn: SignedIn) async throws -> [CaseSearchPages.Found] {
    let reader = try await visits.reader(signedIn)
    let community = signedIn.community.id
    let desk = visits.desk
    let files = try await visits.database.read { snapshot in
      let scope = CaseScope(reader, at: snapshot.now)
      return try CaseStore.list(
        scope, isOpen: true, limit: Self.casesSearched, in: community, snapshot)
        + CaseStore.list(scope, isOpen: false, limit: Self.casesSearched, in: community, snapshot)
    }
    let opener = try await visits.keys.opening(files.map { $0.person }, in: community)
    try await visits.database.write(in: community) { transaction in
      let open = try desk.doorkeeper.open(files, for: reader, in: community, transaction)
      try transaction.audit(open.map { CaseReadings.entry($0, .search) })
    }
    return try await visits.database.read { snapshot in
      let open = try desk.doorkeeper.open(files, for: reader, in: community, snapshot)
      let byCase = Dictionary(open.map { ($0.id, $0) }) { first, _ in first }
      let scope = TextScope(byCase.mapValues(\.access), reader: reader.person)
      let names = try desk.directory.displayNames(of: open.map(\.file.person), in: community, snapshot)
      var found: [CaseSearchPages.Found] = []
      for text in try CareTextStore.searched(scope, in: community, snapshot) {
        guard let document = try opener.open(text.text), CaseSearch.matches(document, words),
          let open = byCase[text.file]
        else { continue }
        found.append(
          CaseSearchPages.Found(
            id: open.id, label: open.file.label, person: names[open.file.person] ?? "—", at: text.at,
            excerpt: CaseSearch.excerpt(document, words)))
        if found.count > Self.shown { break }
      }
      return found
    }
  }
}
