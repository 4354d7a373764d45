import Kernel
import TestKit
import Testing

@testable import Web

@Suite struct `Forms as they are sent` {
  @Test func `What is typed arrives as it was typed`() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<1000 {
      let pairs = (0..<Int.random(in: 1..<6, using: &random)).map { _ in
        Form.Field(name: random.text(upTo: 8), value: random.text(upTo: 40))
      }
      let text = pairs.map { "\(URLEncodedText.encode($0.name))=\(URLEncodedText.encode($0.value))" }
        .joined(separator: "&")
      #expect(try Form(urlEncoded: Array(text.utf8)).fields == pairs)
    }
    #expect(try Form(urlEncoded: Array("a=1+2&b&c=".utf8)).fields.map(\.value) == ["1 2", "", ""])
  }

  @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%ff", "%C0%80=1"])
  func `Broken escapes are refused`(_ text: String) {
    #expect(throws: Problem.unreadableForm) { try Form(urlEncoded: Array(text.utf8)) }
  }

  @Test func `A field sent twice is refused where it is read, and only there`() throws {
    let form = Form(["a": "1", "a": "2", "b": "3"])
    #expect(throws: Problem.self) { try form["a"] }
    #expect(try form["b"] == "3")
    #expect(form.all("a") == ["1", "2"])
    #expect(try form["c"] == nil)
  }

  @Test func `Files and fields of a multipart form arrive whole`() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let value = random.text(upTo: 60)
      let content = (0..<Int.random(in: 0..<400, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let form = try Self.multipart([
        ("note", nil, Array(value.utf8)), ("picture", "鸡;蛋.png", content),
      ])
      #expect(form.all("note").map { Array($0.utf8) } == [Array(value.utf8)])
      #expect(form.file("picture")?.bytes == content)
      #expect(form.file("picture")?.name == "鸡;蛋.png")
    }
  }

  @Test func `Damaged multipart forms are refused or read, and never anything else`() throws {
    var random = SeededGenerator(seed: 6)
    let whole = Self.multipartBytes([("a", nil, [1, 2, 3]), ("b", "x.png", Array("--B\r\n\r\n".utf8))])
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        if Bool.random(using: &random) {
          bytes.remove(at: place)
        } else {
          bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
      }
      do {
        _ = try MultipartReader(bytes: bytes, contentType: "multipart/form-data; boundary=B7").form()
      } catch is Problem {} catch { Issue.record(error) }
    }
  }

  @Test func `A reader gathers all problems before it throws`() {
    var reader = FormReader(
      Form(["name": " ", "count": "１２", "price": "1.234", "when": "2026-02-30T10:00", "tick": "on"]))
    #expect(reader.text("name") == nil)
    #expect(reader.integer("count", in: 1...20) == 12)
    #expect(reader.money("price") == nil)
    #expect(reader.moment("when", offsetSeconds: 28_800) == nil)
    #expect(reader.isTicked("tick"))
    #expect(reader.problems.fields.map(\.field) == ["name", "price", "when"])
    #expect(throws: Problem.self) { try reader.finish() }
  }

  @Test func `A form shown again keeps all that was typed and ties each error to its field`() {
    let form = Form(["name": "<鸡蛋>", "role": "leader", "days": "mon", "days": "fri", "secret": "hunter2"])
    let state = FormState(form, problems: [FieldProblem("name", Phrase("太短", "too short"))])
    let parts = FormParts(state, Wording(.english))
    let name = parts.text("name", Phrase("名称", "Name"), hint: Phrase("写全名", "In full")).text
    #expect(name.contains("value=\"&lt;鸡蛋&gt;\""))
    #expect(name.contains("aria-describedby=\"field-name-hint field-name-error\" aria-invalid=\"true\""))
    #expect(name.contains("id=\"field-name-error\""))
    #expect(parts.summary.text.contains("href=\"#field-name\">Name: too short</a>"))
    let days = parts.checkboxes(
      "days", Phrase("星期", "Days"),
      options: [("mon", Phrase("一", "Mon")), ("tue", Phrase("二", "Tue")), ("fri", Phrase("五", "Fri"))]
    ).text
    #expect(days.contains("value=\"mon\" checked") && days.contains("value=\"fri\" checked"))
    #expect(days.contains("value=\"tue\">"))
    #expect(!parts.text("secret", Phrase("密码", "Password"), type: "password").text.contains("hunter2"))
    #expect(FormParts(.empty, Wording(.chinese)).summary.isEmpty)
  }

  @Test func `Fields that few need are folded away until something stands in one or is wrong there`() {
    func isOpen(_ state: FormState) -> Bool {
      FormParts(state, Wording(.english)).folded(Phrase("更多", "More"), ["radius", "place"], "").text
        .contains(" open>")
    }
    #expect(!isOpen(.empty))
    #expect(!isOpen(FormState(Form(["radius": "", "name": "蛋"]))))
    #expect(isOpen(FormState(Form(["place": "3"]))))
    let wrong = [FieldProblem("radius", Phrase("太大", "too large"))]
    #expect(isOpen(FormState(Form(["radius": ""]), problems: wrong)))
  }

  private static func multipart(_ parts: [(String, String?, [UInt8])]) throws -> Form {
    try MultipartReader(
      bytes: multipartBytes(parts), contentType: "multipart/form-data; boundary=B7"
    ).form()
  }

  private static func multipartBytes(_ parts: [(String, String?, [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (name, file, content) in parts {
      let fileName = file.map { "; filename=\"\($0)\"\r\nContent-Type: image/png" } ?? ""
      bytes += Array("--B7\r\nContent-Disposition: form-data; name=\"\(name)\"\(fileName)\r\n\r\n".utf8)
      bytes += content + Array("\r\n".utf8)
    }
    return bytes + Array("--B7--\r\n".utf8)
  }
}
