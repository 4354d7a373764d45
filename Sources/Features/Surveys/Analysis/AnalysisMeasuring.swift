package import Kernel

extension Surveys {
  /// Reads the locked answers to some questions and opens their seals, and nothing more: for the benchmark, the least that
  /// an analysis of them can take (docs/benchmarks.md).
  ///
  /// - Parameter names: of the questions; nil for all.
  /// - Returns: how many bytes they are.
  package func openLocked(
    _ names: Set<String>?, of questionnaire: QuestionnaireID, in community: CommunityID
  ) async throws -> Int {
    let opened = try await AnalysisReader(staff: staff).opened(questionnaire, names, in: community)
    return opened.columns.values.reduce(opened.head.count) { $0 + $1.count }
  }
}
