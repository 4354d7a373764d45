import Kernel
import Security
import TestKit
import Testing

@testable import Surveys

struct FormJSONTests {
  @Test func `a form comes back from its bytes, and gives the same bytes again`() throws {
    for seed in 0..<400 {
      let form = FormGenerator.form(seed: UInt64(seed))
      let bytes = FormJSON.bytes(of: form)
      let read = try FormJSON.definition(bytes)
      #expect(read == form)
      #expect(FormJSON.bytes(of: read) == bytes)
    }
  }

  @Test func `the order in which texts were put together does not show`() {
    let languages = ["中文 (zh)", "English (en)", "Монгол (mn)"].map(FormLanguage.init)
    var one = FormText()
    var other = FormText()
    for language in languages { one.byLanguage[language] = language.name }
    for language in languages.reversed() { other.byLanguage[language] = language.name }
    let forms = [one, other].map { text in
      FormDefinition(
        formID: "f", languages: languages, items: [FormItem(name: "q", kind: .text, label: text)])
    }
    #expect(FormJSON.bytes(of: forms[0]) == FormJSON.bytes(of: forms[1]))
  }

  @Test func `forms that differ have different bytes`() {
    let forms = (0..<400).map { FormGenerator.form(seed: UInt64($0)) }
    let digests = Set(forms.map { Digest(of: FormJSON.bytes(of: $0)) })
    #expect(digests.count == Set(forms).count)
  }

  @Test func `a version tells the day and what is asked, and not itself`() {
    let day = CivilDateTime(year: 2026, month: 11, day: 28)
    var form = FormGenerator.form(seed: 1)
    let version = FormJSON.version(of: form, on: day)
    #expect(version.wholeMatch(of: /2026-11-28 [0-9a-f]{8}/) != nil)
    form.version = version
    #expect(FormJSON.version(of: form, on: day) == version)
    form.items[0].name += "x"
    #expect(FormJSON.version(of: form, on: day) != version)
  }

  @Test func `a draft with faults is kept as well`() throws {
    var form = FormDefinition(formID: "", languages: [], items: [FormItem(name: "", kind: .calculate)])
    form.items.append(FormItem(name: "", kind: .group, items: [FormItem(name: " ", kind: .rank(list: ""))]))
    form.lists = [FormChoiceList(name: "", choices: []), FormChoiceList(name: "", choices: [])]
    form.defaultLanguage = .unnamed
    #expect(try FormJSON.definition(FormJSON.bytes(of: form)) == form)
  }

  @Test(arguments: [
    "", "{}", "[]", "null",
    #"{"form_id":"f","version":"","languages":[],"allows_duplicate_choices":false,"cleans_text":true,"lists":[],"items":[],"more":1}"#,
    #"{"form_id":1,"version":"","languages":[],"allows_duplicate_choices":false,"cleans_text":true,"lists":[],"items":[]}"#,
    #"{"form_id":"f","version":"","languages":[],"allows_duplicate_choices":false,"cleans_text":true,"lists":[],"items":[{"name":"a","type":"map"}]}"#,
    #"{"form_id":"f","version":"","languages":[],"allows_duplicate_choices":false,"cleans_text":true,"lists":[],"items":[{"name":"a","type":"rank"}]}"#,
    #"{"form_id":"f","version":"","languages":[],"allows_duplicate_choices":false,"cleans_text":true,"lists":[],"items":[{"name":"a","type":"text","list":"l"}]}"#,
    #"{"form_id":"f","version":"","languages":[],"allows_duplicate_choices":false,"cleans_text":true,"lists":[],"items":[{"name":"a","type":"text","label":[{"language":"","text":"x"},{"language":"","text":"y"}]}]}"#,
  ])
  func `what is no form is refused`(_ text: String) {
    #expect(throws: Problem.self) { try FormJSON.definition(Array(text.utf8)) }
  }

  @Test func `broken bytes give a form or a problem`() {
    var random = SeededGenerator(seed: 7)
    let bytes = FormJSON.bytes(of: FormGenerator.form(seed: 3))
    for _ in 0..<2000 {
      var broken = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<broken.count, using: &random)
        broken[place] = UInt8.random(in: 0...255, using: &random)
      }
      do {
        _ = try FormJSON.definition(broken)
      } catch { #expect(error is Problem) }
    }
  }
}
