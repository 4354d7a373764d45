package import Kernel

/// What a worker found of a person: strengths and assets first, then needs and the systems around them.
/// Source: field/socialwork.md §2.1; strengths and assets after Kretzmann and McKnight (paper 2.1).
package struct Assessment: Sendable, Equatable {
  package let id: AssessmentID
  package let caseID: CaseID
  package let episode: Int64
  package let text: CareTextID
  package let risk: CaseRisk
  package let madeAt: Timestamp
  package let madeBy: PersonID

  /// What an assessment holds, in the order in which it is asked. The first two and the needs are required.
  package static let fields: [CareDocument.Field] = [
    .strengths, .assets, .needs, .person, .family, .community, .livelihood, .shopping, .health, .ownWords,
  ]
  package static let required: Set<CareDocument.Field> = [.strengths, .assets, .needs]
}
