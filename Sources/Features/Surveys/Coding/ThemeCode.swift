import Kernel
import People

/// One code of a study's code book: what a passage can be about.
///
/// A code is never deleted and keeps its identity through every change of its words, so that what was coded stays coded.
/// Source: field/socialwork.md §2.7 (text: hand codes, code book, two coders, Cohen κ).
package struct ThemeCode: Sendable, Equatable {
  let id: ThemeCodeID
  let study: StudyID
  /// The newest version: 1, 2, 3 …
  let version: Int64
  let content: Content
  /// Why it is not used any more; nil while it is.
  let retiredFor: String?

  package struct Content: Sendable, Equatable {
    let name: String
    /// When a passage gets this code.
    let definition: String
    /// An invented passage that gets it.
    let includeExample: String
    /// An invented passage that looks like it and does not get it.
    let excludeExample: String
    /// The wider code that it belongs to.
    let parent: ThemeCodeID?

    package init(
      name: String, definition: String, includeExample: String, excludeExample: String,
      parent: ThemeCodeID? = nil
    ) {
      self.name = name
      self.definition = definition
      self.includeExample = includeExample
      self.excludeExample = excludeExample
      self.parent = parent
    }
  }

  var isActive: Bool { retiredFor == nil }
}

enum CodeBookRules {
  /// Most codes in use in one book: more than two coders can keep in mind are too many.
  static let mostCodes = 80
  /// How deep codes stand below each other.
  static let deepest = 3

  /// Codes in the order of a book: each parent before its children, siblings in the order of their making; with their depth
  /// from 0.
  static func ordered(_ codes: [ThemeCode]) -> [(code: ThemeCode, depth: Int)] {
    let known = Set(codes.map(\.id))
    let children = Dictionary(grouping: codes) { code in
      code.content.parent.flatMap { known.contains($0) ? $0 : nil }
    }
    func below(_ parent: ThemeCodeID?, _ depth: Int) -> [(code: ThemeCode, depth: Int)] {
      // A circle cannot be stored; were it there, its codes would hang below none and be left out rather than repeat.
      guard depth < codes.count else { return [] }
      return (children[parent] ?? []).sorted { $0.id < $1.id }.flatMap { code in
        [(code: code, depth: depth)] + below(code.id, depth + 1)
      }
    }
    return below(nil, 0)
  }

  /// Why a code cannot stand below another, or nil.
  /// - Parameter id: of the code itself; nil while it is new.
  static func refusal(of parent: ThemeCodeID?, for id: ThemeCodeID?, among codes: [ThemeCode]) -> Phrase? {
    let byID = Dictionary(codes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    guard let parent else { return nil }
    guard byID[parent]?.isActive == true else {
      return Phrase("上一级编码已经不在用了。", "The wider code is not in use any more.")
    }
    var above: [ThemeCodeID] = []
    var next: ThemeCodeID? = parent
    while let code = next, above.count <= codes.count {
      if code == id { return Phrase("不能放在自己下面。", "A code cannot stand below itself.") }
      above.append(code)
      next = byID[code]?.content.parent
    }
    let below = id.map { height(below: $0, among: codes) } ?? 0
    guard above.count + 1 + below <= deepest else {
      return Phrase("最多 \(deepest) 层。", "At most \(deepest) levels.")
    }
    return nil
  }

  /// How many levels of codes stand below one.
  private static func height(below id: ThemeCodeID, among codes: [ThemeCode]) -> Int {
    var (level, height): (Set<ThemeCodeID>, Int) = ([id], 0)
    while height <= codes.count {
      level = Set(codes.filter { $0.content.parent.map(level.contains) ?? false }.map(\.id))
      if level.isEmpty { return height }
      height += 1
    }
    return height
  }
}

extension Problem {
  static let codeRetired = Problem(
    "code.retired", status: 409,
    Phrase("这个编码已经停用了。", "This code has been retired."),
    advice: Phrase("要用的话，请新建一个。", "Please make a new one to use."))

  static let codesTooMany = Problem(
    "code.too_many", status: 409,
    Phrase(
      "在用的编码最多 \(CodeBookRules.mostCodes) 个。", "At most \(CodeBookRules.mostCodes) codes can be in use."),
    advice: Phrase("请先停用用不上的。", "Please retire those that are not needed first."))
}
