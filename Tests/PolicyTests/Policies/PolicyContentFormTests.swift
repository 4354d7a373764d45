import Foundation
import Kernel
import Security
import Testing
import Web

@testable import Policy

@Suite("Policy library: the form of a version")
struct PolicyContentFormTests {
  private static let names = [
    "title", "english_title", "issuer", "number", "level", "field", "area", "issued", "effective", "expires",
    "source", "file_digest", "replaces", "summary", "english_summary", "audience", "steps", "english_steps",
    "documents", "place", "hours", "phone", "what_changed",
  ]

  /// A form as a browser sends it that shows a version and changes nothing.
  private func form(
    _ content: PolicyContent, changing changed: [String: String] = [:], files: [UploadedFile] = []
  ) -> Form {
    let benefits = (1...PolicyContentForm.benefits).flatMap { number in
      ["what", "amount", "unit", "period"].map { "benefit_\($0)_\(number)" }
    }
    let state = PolicyContentForm.state(content)
    let fields = (Self.names + benefits).map { name in
      Form.Field(
        name: name,
        value: (changed[name] ?? state.value(name)).replacingOccurrences(of: "\n", with: "\r\n"))
    }
    let extra = changed.filter { entry in !fields.contains { $0.name == entry.key } }
    return Form(fields: fields + extra.map { Form.Field(name: $0.key, value: $0.value) }, files: files)
  }

  private func wrong(_ changed: [String: String]) -> Set<String> {
    do {
      _ = try PolicyContentForm.content(form(LibraryFixture.content(), changing: changed))
      return []
    } catch let problem as Problem {
      return Set(problem.fields.map(\.field))
    } catch {
      return ["\(error)"]
    }
  }

  @Test("What is shown again is read as it was")
  func again() throws {
    var content = LibraryFixture.content(
      expires: LibraryFixture.day("2027-12-31"), replaces: PolicyID(rawValue: 12), changed: "补贴涨了")
    content.document.file = Digest(of: "原件")
    content.english = PolicyEnglishWords(
      title: "Old-age subsidy", summary: "A monthly subsidy.\nAt the station.", steps: ["Come", "Sign"])
    content.words.benefits.append(PolicyBenefit(what: "免费体检", amount: nil, period: .year))
    content.words.benefits.append(
      PolicyBenefit(
        what: "医疗费", amount: PolicyBenefit.Amount(hundredths: 12_50, unit: .percent), period: .each))
    #expect(try PolicyContentForm.content(form(content)) == content)
    #expect(try PolicyContentForm.content(form(LibraryFixture.content())) == LibraryFixture.content())
  }

  @Test("Everything that is wrong is told at its field")
  func problems() {
    #expect(
      wrong(["title": "", "issuer": "", "level": "planet", "field": "", "area": "", "steps": "\n\n"]) == [
        "title", "issuer", "level", "field", "area", "steps",
      ])
    #expect(
      wrong(["issued": "2026-13-01", "effective": "", "expires": "soon"]) == [
        "issued", "effective", "expires",
      ])
    #expect(wrong(["expires": "2025-12-31"]) == ["expires"], "it ends before it begins")
    #expect(wrong(["expires": "2026-01-01"]) == [], "a single day")
    #expect(wrong(["summary": "短", "audience": ""]) == ["summary", "audience"])
    #expect(wrong(["phone": "窗口"]) == ["phone"])
    #expect(wrong(["steps": Array(repeating: "一步", count: 21).joined(separator: "\n")]) == ["steps"])
    #expect(wrong(["documents": String(repeating: "长", count: 301)]) == ["documents"])
    #expect(wrong(["replaces": "nonsense"]) == ["replaces"])
    #expect(wrong(["benefit_what_2": "", "benefit_amount_2": "5"]) == ["benefit_what_2"])
    #expect(
      wrong(["benefit_what_2": "补贴", "benefit_amount_2": "很多", "benefit_unit_2": "yuan"]) == [
        "benefit_amount_2"
      ])
    #expect(wrong(["benefit_what_2": "补贴", "benefit_amount_2": "5"]) == ["benefit_amount_2"], "of what?")
    #expect(wrong(["file_digest": "abc"]) == ["file"])
  }

  @Test("A link leads to the web and nowhere else")
  func addresses() {
    for text in ["https://policy.example/7", "http://www.policy.example", "https://a.example:8443/x?y=1#z"] {
      #expect(PolicyContentForm.isAddress(text), "\(text)")
    }
    for text in [
      "javascript:alert(1)", "policy.example", "https://", "https://localhost", "ftp://policy.example",
      "https://policy.example/a b", "https://用户@policy.example", "https://example@policy.example",
      "https://policy.example/\u{202E}",
    ] { #expect(!PolicyContentForm.isAddress(text), "\(text)") }
    #expect(wrong(["source": "javascript:alert(1)"]) == ["source"])
  }

  @Test("Of the file that was read, its digest is kept, and goes when it is taken away")
  func file() throws {
    var content = LibraryFixture.content()
    content.document.file = Digest(of: "旧的")
    let bytes = Array("新的原件".utf8)
    let chosen = UploadedFile(field: "file", name: "7号.pdf", contentType: "application/pdf", bytes: bytes)
    #expect(try PolicyContentForm.content(form(content)).document.file == Digest(of: "旧的"))
    #expect(
      try PolicyContentForm.content(form(content, files: [chosen])).document.file == Digest(of: bytes))
    #expect(
      try PolicyContentForm.content(form(content, changing: ["file_removed": "on"])).document.file == nil)
  }
}
