/// What does not keep a rule of the house yet. These lists may only shrink: a test fails for an entry that is no longer
/// needed, and for a file that has grown beyond its entry.
enum Exceptions {
  /// Files longer than 400 lines, with the length that they may not exceed.
  static let longFiles: [String: Int] = [:]

  /// Functions longer than 40 lines, as `path name`, with the length that they may not exceed.
  static let longFunctions: [String: Int] = [
    "Sources/Features/People/Households/HouseholdImport.swift init": 49,
    "Sources/NuanlinServer/Demo/Pictures/DemoShape.swift draw": 132,
    "Sources/Platform/Web/Routing/OpenAPI.swift members": 41,
  ]

  /// Files with SQL that are neither stores, rows nor schemas.
  static let queries: Set<String> = []

  /// Files with HTML that are neither pages nor parts of pages.
  static let pages: Set<String> = [
    "Sources/NuanlinServer/Bench/BenchCommunity.swift"
  ]

  /// Imports against the direction of the house, as `path module`.
  static let imports: Set<String> = []
}
