import Kernel
import TestKit
import Testing

@testable import Care

/// Finding words in one's own cases, and nowhere else.
@Suite struct CaseSearchTests {
  private static let texts = [
    "王阿姨膝盖疼，不肯去医院", "女儿在 Suzhou 打工，春节回来", "ＡＢＣ药房送药", "想学网上买菜\n怕被骗", "",
  ]

  /// As a person would look: small letters, narrow forms, line ends as spaces.
  private static func simple(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.lowercased().unicodeScalars.map { scalar in
          (0xFF01...0xFF5E).contains(scalar.value)
            ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
        })
    ).lowercased().replacing("\n", with: " ")
  }

  @Test func `it finds what stands there and nothing else`() {
    let queries = ["膝盖", "膝盖 医院", "suzhou", "SUZHOU 打工", "abc", "ａｂｃ药", "买菜 怕", "医院 买菜", "院医", "x"]
    for text in Self.texts {
      for query in queries {
        let document = CareDocument([.note: text])
        let expected = Self.simple(query).split(separator: " ").allSatisfy { Self.simple(text).contains($0) }
        #expect(CaseSearch.matches(document, CaseSearch.words(query)) == expected, "\(query) in \(text)")
      }
    }
    #expect(!CaseSearch.matches(CareDocument([.note: "什么"]), CaseSearch.words("  ")))
  }

  @Test func `an excerpt shows the place`() {
    let document = CareDocument([
      .needs: String(repeating: "长", count: 50) + "膝盖疼" + String(repeating: "尾", count: 50)
    ])
    let excerpt = CaseSearch.excerpt(document, CaseSearch.words("膝盖"), around: 5)
    #expect(excerpt == "…长长长长长膝盖疼尾尾尾尾…")
  }

  @Test func `only cases that the reader may see are searched, and each says so to its client`() async throws
  {
    try await CareStation.with(.sqlite) { station in
      let own = try await station.openCase(of: station.wang, worker: station.xu)
      _ = try await station.openCase(of: station.li, worker: station.lin)
      let xu = try await station.browser(of: station.xu)
      _ = try await xu.get("/cases/search")
      let found = try await xu.post("/cases/search", ["words": "不大出门"])
      #expect(found.text.contains("/cases/\(own)") && found.text.contains("王阿姨"))
      #expect(!found.text.contains("李叔"))
      let wang = try await station.browser(of: station.wang).get("/my-care")
      #expect(wang.text.contains("许安然"))
      let li = try await station.browser(of: station.li).get("/my-care")
      #expect(!li.text.contains("许安然"))
    }
  }
}
