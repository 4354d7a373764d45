import TestKit
import Testing

@testable import Surveys

struct FormSpellingTests {
  @Test(arguments: [
    ("  a  b ", "a b", "a  b"), ("\u{A0}a\u{A0}\u{A0}b\u{3000}", "a b", "a  b"),
    ("a\r\nb\rc\n", "a\nb\nc", "a\nb\nc"),
    ("a \n b", "a \n b", "a \n b"), (" \u{3000}\n", "", ""), ("a\u{3000}b", "a\u{3000}b", "a\u{3000}b"),
    ("a\tb", "a\tb", "a\tb"),
  ])
  func `cells are read as other tools read them`(_ text: String, _ collapsed: String, _ kept: String) {
    #expect(FormSpelling.cleaned(text, collapsing: true) == collapsed)
    #expect(FormSpelling.cleaned(text, collapsing: false) == kept)
  }

  @Test func `what is clean stays as it is`() {
    var random = SeededGenerator(seed: 5)
    let pieces = [" ", "\u{A0}", "\n", "\r", "\t", "a", "“", "　", "é", "\u{85}"]
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...8, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      for collapsing in [true, false] {
        let cleaned = FormSpelling.cleaned(text, collapsing: collapsing)
        #expect(FormSpelling.cleaned(cleaned, collapsing: collapsing) == cleaned)
      }
    }
    for seed in 0..<200 {
      let form = FormGenerator.form(seed: UInt64(seed))
      #expect(form.cleaned == form)
    }
  }

  @Test func `a form is cleaned in all its texts`() {
    var item = FormItem(name: "q", kind: .text, label: FormText(" a  b "))
    item.relevant = " 1  = 1 "
    item.defaultValue = "  "
    let list = FormChoiceList(
      name: "l",
      choices: [
        FormChoice(name: " “a” ", label: FormText(" x  y "), columns: [.init("p", "1"), .init("q", " 2 ")]),
        FormChoice(name: "b", label: .none, columns: [.init("q", "3"), .init("p", " ")]),
      ])
    let cleaned = FormDefinition(formID: " f ", title: FormText(" "), lists: [list], items: [item]).cleaned
    #expect(cleaned.formID == "f")
    #expect(cleaned.title.isEmpty)
    #expect(cleaned.items[0].label == FormText("a b"))
    #expect(cleaned.items[0].relevant == "1 = 1")
    #expect(cleaned.items[0].defaultValue == nil)
    #expect(cleaned.lists[0].choices[0].name == "\"a\"")
    #expect(cleaned.lists[0].choices[0].label == FormText("x  y"))
    #expect(cleaned.lists[0].choices[0].columns == [.init("p", "1"), .init("q", "2")])
    #expect(cleaned.lists[0].choices[1].columns == [.init("q", "3")])
  }

  @Test func `references in texts are found`() {
    #expect(FormReferences.names(in: "a ${b} c ${d.e-f}") == ["b", "d.e-f"])
    #expect(FormReferences.names(in: "a $b {c}") == [])
    for text in ["${", "x ${a", "${}", "${a b}", "${last-saved#a}", "${${a}}"] {
      #expect(text.unicodeScalars.count <= 2 || FormReferences.names(in: text) == nil, "\(text)")
    }
  }
}
