import Foundation
import NuanlinServer
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The pictures of the demo neighbourhood")
struct DemoPictureTests {
  @Test("Every picture is well-formed SVG of plain shapes, without script, style or anything from outside")
  func wellFormed() {
    let products = DemoProducts.all + DemoProducts.practice
    let pictures = products.map { ($0.key, DemoPictures.product($0)) }
    for (name, svg) in pictures {
      let reader = PictureReader()
      let parser = XMLParser(data: Data(svg.utf8))
      parser.delegate = reader
      #expect(parser.parse() && reader.closed, "\(name)")
      #expect(reader.elements.isSubset(of: ["svg", "g", "path"]), "\(name): \(reader.elements)")
      #expect(reader.attributes.isSubset(of: PictureReader.plain), "\(name): \(reader.attributes)")
      #expect(reader.paths > 3, "\(name)")
      let inside = svg.replacing("http://www.w3.org/2000/svg", with: "")
      for foreign in ["://", "url(", "javascript", "data:", "&", "<!"] {
        #expect(!inside.contains(foreign), "\(name): \(foreign)")
      }
    }
  }

  @Test("A product's picture is 400 by 300 and at most 6 KB")
  func size() {
    for product in DemoProducts.all + DemoProducts.practice {
      let svg = DemoPictures.product(product)
      #expect(svg.contains("viewBox=\"0 0 400 300\""))
      #expect(svg.utf8.count <= 6_144, "\(product.key): \(svg.utf8.count)")
    }
  }

  @Test("Drawing twice gives the same bytes")
  func deterministic() {
    for product in DemoProducts.all {
      #expect(DemoPictures.product(product) == DemoPictures.product(product))
    }
  }
}

/// Notes what a picture is made of.
private final class PictureReader: NSObject, XMLParserDelegate {
  static let plain: Set<String> = [
    "xmlns", "width", "height", "viewBox", "role", "d", "fill", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin",
  ]
  private(set) var elements: Set<String> = []
  private(set) var attributes: Set<String> = []
  private(set) var paths = 0
  private var open: [String] = []
  private var mismatched = false

  /// Whether every element was closed in its turn. The parser's own verdict is not enough: where Foundation wraps
  /// libxml2 it repairs an unclosed element in silence.
  var closed: Bool { open.isEmpty && !mismatched }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes found: [String: String]
  ) {
    elements.insert(element)
    attributes.formUnion(found.keys)
    if element == "path" { paths += 1 }
    open.append(element)
  }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if open.popLast() != element { mismatched = true }
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    mismatched = true
  }
}
