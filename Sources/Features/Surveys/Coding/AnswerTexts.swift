import Database
import Kernel
import People
import Security

extension SurveyTexts {
  /// As many questionnaires as a list to choose from needs.
  private static let most = 100

  /// The open answers that are kept, of questionnaires that are locked. An answer is known by the random name of the
  /// filled-in questionnaire, which tells nothing of whose it is.
  static func answers(_ staff: SurveyStaff) -> SurveyTexts {
    SurveyTexts(
      items: { community in
        try await staff.database.read { snapshot in
          try LockStore.locked(limit: most, in: community, snapshot).flatMap {
            try items(of: $0, in: community, snapshot)
          }
        }
      },
      texts: { questionnaire, item, community in
        let cipher = try await staff.cipher(of: community)
        return try await staff.database.read { snapshot in
          guard try LockStore.find(questionnaire, in: community, snapshot) != nil,
            try items(of: questionnaire, in: community, snapshot).contains(where: { $0.name == item })
          else { return [] }
          var texts: [Text] = []
          try ResponseStore.forEach(of: questionnaire, in: community, snapshot, opening: cipher) { response in
            guard let words = response.answers.values[item], !words.allSatisfy(\.isWhitespace) else { return }
            texts.append(Text(number: response.id.rawValue, words: words))
          }
          return texts
        }
      })
  }

  /// The open questions of all versions, each once, under what the newest version calls it.
  private static func items(
    of id: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Item] {
    guard let questionnaire = try QuestionnaireStore.find(id, in: community, snapshot) else { return [] }
    var seen: Set<String> = []
    return try LockStore.versions(of: questionnaire, in: community, snapshot).reversed().flatMap { version in
      let definition = version.definition
      return definition.allItems.filter { $0.kind == .text && seen.insert($0.name).inserted }.map {
        let label =
          $0.label.text(in: definition.defaultLanguage ?? .unnamed, or: definition.languages) ?? $0.name
        return Item(questionnaire: id, name: $0.name, label: "\(version.terms.title) · \(label)")
      }
    }
  }
}
