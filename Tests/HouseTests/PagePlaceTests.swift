import Testing

/// HTML stands in pages and their parts.
@Suite struct PagePlaceTests {
  private let tag =
    #/
    <\/?(?:a|article|aside|b|body|button|caption|circle|details|div|dl|dt|dd|em|fieldset|figure|footer|form|g|h[1-6]
      |head|header|html|img|input|label|legend|li|line|link|main|meta|nav|ol|option|p|path|picture|progress|rect
      |script|section|select|small|span|strong|style|summary|svg|table|tbody|td|text|textarea|tfoot|th|thead|time
      |title|tr|ul)(?=[\s>\/\u{FFFC}])
    /#

  @Test func `pages stand in page files`() {
    var (found, pages): (Set<String>, Int) = ([], 0)
    for file in SourceTree.sources {
      guard let first = file.source.literals.first(where: { $0.text.contains(tag) }) else { continue }
      if Self.mayHoldPages(file) {
        pages += 1
        continue
      }
      found.insert(file.path)
      #expect(
        Exceptions.pages.contains(file.path),
        "\(file.path):\(first.line): HTML; it belongs in a …Pages.swift or …Parts.swift")
    }
    #expect(pages > 5, "the pages were not found")
    for entry in Exceptions.pages.sorted() {
      #expect(found.contains(entry), "\(entry) is no exception any more: take it out of Exceptions.pages")
    }
  }

  /// Drawings are HTML as well: those of the demo, and the QR code.
  private static func mayHoldPages(_ file: SwiftFile) -> Bool {
    ["Page.swift", "Pages.swift", "Parts.swift"].contains { file.file.name.hasSuffix($0) }
      || ["Platform/Web/Pages/", "NuanlinServer/Demo/Pictures/", "Platform/Interop/QRCode.swift"]
        .contains { file.path.hasPrefix("Sources/" + $0) }
  }
}
