import Foundation
import FoundationXML
import Kernel

/// What a walk over an XML document meets. Names come without their namespace prefix.
enum XMLEvent {
  case start(name: String, attributes: [String: String])
  case text(String)
  case end(name: String)
}

/// Walks over an XML document and tells what it meets, refusing everything that a table has no need of: document
/// types, entities of its own, encodings other than UTF-8, deep nesting.
enum XMLWalk {
  private static let nestingLimit = 64

  /// - Throws: `file.damaged` for a document that is not well formed or not allowed; what `visit` throws.
  static func over(_ document: [UInt8], visit: @escaping (XMLEvent) throws -> Void) throws {
    guard isPlain(document) else { throw Problem.fileDamaged }
    // From a stream the parser takes small pieces; given ten megabytes at once, libxml2 refuses them.
    let parser = XMLParser(stream: InputStream(data: Data(document)))
    parser.shouldResolveExternalEntities = false
    parser.shouldProcessNamespaces = false
    let walker = Walker(nestingLimit: nestingLimit, visit: visit)
    parser.delegate = walker
    let isWhole = parser.parse()
    if let fault = walker.fault { throw fault }
    guard isWhole else { throw Problem.fileDamaged }
  }

  /// UTF-8 without any `<!` but comments and CDATA: whatever could declare an entity begins with `<!`.
  private static func isPlain(_ document: [UInt8]) -> Bool {
    guard !document.contains(0), String(validating: document, as: UTF8.self) != nil else { return false }
    let declaration = String(decoding: document.prefix(200).prefix { $0 != 0x3E }, as: UTF8.self).lowercased()
    if declaration.contains("<?xml"), declaration.contains("encoding"),
      !declaration.contains("utf-8"), !declaration.contains("us-ascii")
    {
      return false
    }
    var rest = document[...]
    while let position = rest.firstIndex(of: 0x3C) {
      rest = rest[(position + 1)...]
      guard rest.first == 0x21 else { continue }
      if !rest.starts(with: "!--".utf8), !rest.starts(with: "![CDATA[".utf8) { return false }
    }
    return true
  }

  private final class Walker: NSObject, XMLParserDelegate {
    private let nestingLimit: Int
    private let visit: (XMLEvent) throws -> Void
    private var depth = 0
    private(set) var fault: (any Error)?

    init(nestingLimit: Int, visit: @escaping (XMLEvent) throws -> Void) {
      self.nestingLimit = nestingLimit
      self.visit = visit
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      depth += 1
      guard depth <= nestingLimit else { return stop(parser, Problem.fileDamaged) }
      tell(parser, .start(name: Self.local(name), attributes: attributes))
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      depth -= 1
      tell(parser, .end(name: Self.local(name)))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      tell(parser, .text(text))
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
      tell(parser, .text(String(decoding: block, as: UTF8.self)))
    }

    private func tell(_ parser: XMLParser, _ event: XMLEvent) {
      // A stopped parser may still deliver what it has read ahead.
      guard fault == nil else { return }
      do { try visit(event) } catch { stop(parser, error) }
    }

    private func stop(_ parser: XMLParser, _ error: any Error) {
      if fault == nil { fault = error }
      parser.abortParsing()
    }

    private static func local(_ name: String) -> String {
      guard let colon = name.utf8.lastIndex(of: 0x3A) else { return name }
      return String(name[name.utf8.index(after: colon)...])
    }
  }
}
