import Kernel
import TestKit
import Testing
import Web

@testable import Surveys

@Suite("Paper: the number on a sheet")
struct PaperSerialTests {
  @Test func `a serial is read as it is written, however it is typed`() throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<500 {
      let serial = PaperSerial(
        batch: Int64.random(in: 1...99_999, using: &random), sheet: Int64.random(in: 1...500, using: &random))
      #expect(PaperSerial(typed: serial.description) == serial)
      #expect(PaperSerial(typed: serial.description.lowercased().filter { $0 != "-" }) == serial)
    }
    let serial = PaperSerial(batch: 12, sheet: 34)
    #expect(serial.description == "B12-034-5")
    #expect(PaperSerial(typed: "Ｂ１２－０３４－５") == serial)
    #expect(PaperSerial(typed: " b12 034 5 ") == serial)
    for wrong in ["", "B12", "034-5", "B12-034-4", "B12-034-5x", "B12-501-0", "B12-034-5-1234567890"] {
      #expect(PaperSerial(typed: wrong) == nil, "\(wrong)")
    }
  }

  @Test func `one wrong digit and two in the wrong order are found`() {
    for (batch, sheet) in [(1, 1), (12, 34), (7, 500), (940, 218)] as [(Int64, Int64)] {
      let digits = Array(PaperSerial(batch: batch, sheet: sheet).description.filter(\.isNumber))
      for place in digits.indices {
        for other in "0123456789" where other != digits[place] {
          var wrong = digits
          wrong[place] = other
          #expect(PaperSerial(typed: String(wrong)) == nil)
        }
        guard place + 1 < digits.count, digits[place] != digits[place + 1] else { continue }
        var turned = digits
        turned.swapAt(place, place + 1)
        #expect(PaperSerial(typed: String(turned)) == nil)
      }
    }
  }
}

@Suite("Paper: what is printed")
struct PaperFormTests {
  private let say = Wording(.english)

  private func paper(_ items: [FormItem]) throws -> PaperForm {
    var definition = SurveySample.definition
    definition.items = items
    return try PaperForm(SurveySample.version(definition), in: SurveySample.language)
  }

  private func item(_ name: String, _ kind: FormItem.Kind, if condition: String? = nil) -> FormItem {
    var item = SurveySample.item(name, kind)
    item.relevant = condition
    return item
  }

  private func entry(_ paper: PaperForm, _ name: String) throws -> PaperForm.Entry {
    try #require(paper.entries.first { $0.item.name == name })
  }

  @Test func `a simple condition is told at the choice that leads past the question`() throws {
    for condition in [
      "${lift} = 'no'", "selected(${lift}, 'no')", "not(${lift} = 'yes')", "${lift} != 'yes'",
    ] {
      let paper = try paper([
        item("lift", .selectOne(list: "yes")), item("why", .text, if: condition), item("age", .integer),
      ])
      let lift = try entry(paper, "lift")
      #expect(lift.jumps == ["yes": .question(3)], "\(condition)")
      #expect(try entry(paper, "why").condition == nil)
    }
  }

  @Test func `what follows from what was passed is passed too, and behind the last nothing is asked`() throws
  {
    let paper = try paper([
      item("lift", .selectOne(list: "yes")), item("why", .selectOne(list: "yes"), if: "${lift} = 'no'"),
      item("more", .text, if: "${why} = 'yes'"),
    ])
    #expect(try entry(paper, "lift").jumps == ["yes": .end])
    #expect(try entry(paper, "why").jumps == ["no": .end])
    #expect(try entry(paper, "more").condition == nil)
  }

  @Test func `a condition that no choice tells is put into words`() throws {
    let paper = try paper([
      item("lift", .selectOne(list: "yes")), item("age", .integer),
      item("far", .text, if: "${lift} = 'no'"), item("old", .text, if: "${age} >= 60"),
      item("both", .text, if: "${lift} = 'no' and not(${age} > 80)"),
      item("odd", .text, if: "${age} * 2 > string-length(${far})"),
    ])
    #expect(try entry(paper, "lift").jumps.isEmpty)
    #expect(
      try entry(paper, "far").condition?.english == "Answer this only if you chose “选项no” in question 1.")
    #expect(
      try entry(paper, "old").condition?.english
        == "Answer this only if your answer to question 2 is 60 or more.")
    #expect(
      try entry(paper, "both").condition?.english
        == "Answer this only if you chose “选项no” in question 1 and your answer to question 2 is 80 or less.")
    let odd = try #require(try entry(paper, "odd").condition)
    #expect(odd.english.contains("question 2, 3") && odd.chinese.contains("第 2、3 题"))
  }

  @Test func `a part with a heading says its condition once`() throws {
    var group = item("part", .group, if: "${age} > 60")
    group.items = [item("one", .text), item("two", .text)]
    let paper = try paper([item("age", .integer), item("lift", .selectOne(list: "yes")), group])
    #expect(
      try entry(paper, "part").condition?.english
        == "This part only if your answer to question 1 is more than 60.")
    #expect(try entry(paper, "one").condition == nil)
    #expect(paper.numbers == ["age": 1, "lift": 2, "one": 3, "two": 4])
    #expect(paper.conditioning("two") == ["age"])
  }

  @Test func `what is computed or only read does not stand on paper`() throws {
    var double = item("double", .calculate)
    double.calculation = "${age} * 2"
    var fixed = item("fixed", .integer)
    fixed.calculation = "3"
    let paper = try paper([item("age", .integer), double, fixed, item("words", .text)])
    #expect(paper.questions == ["age", "words"])
    #expect(paper.numbers["words"] == 2)
  }

  @Test func `every page carries the number and its place`() throws {
    let batch = PaperBatch(
      id: PaperBatchID(rawValue: 1), number: 12, questionnaire: QuestionnaireID(rawValue: 1), version: 1,
      collector: CollectorID(rawValue: 1), language: SurveySample.language, sheets: 40,
      madeAt: Timestamp(seconds: 0), madeBy: SurveySample.actor)
    let paper = try PaperForm(SurveySample.version(PaperSample.definition), in: SurveySample.language)
    let pages = PaperSheetPages(
      say: PaperForm.wording(SurveySample.language, say), paper: paper, batch: batch,
      origin: "https://maple.example", phone: "021-5555 0123")
    let text = String(decoding: pages.sheets(1...2).main.bytes, as: UTF8.self)
    let sections = text.split(separator: "<section class=\"paper-slip\">").dropFirst()
    #expect(sections.count > 2 && sections.count.isMultiple(of: 2))
    #expect(sections.allSatisfy { $0.contains("<svg") && $0.contains("页，共 \(sections.count / 2) 页") })
    let first = batch.serial(1).description
    #expect(sections.prefix(sections.count / 2).allSatisfy { $0.contains(first) })
    #expect(!sections.suffix(sections.count / 2).contains { $0.contains(first) })
    #expect(text.contains("请不要写名字") && !text.contains("称呼"))
    #expect(text.contains("→ 跳到第 3 题") && text.contains("不想说"))
    for name in paper.questions { #expect(text.contains("题目\(name)")) }
  }
}

@Suite("Paper: pages")
struct PaperLayoutTests {
  @Test func `everything stands once and in its order, and no page is fuller than it may be`() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<300 {
      let capacity = 1_000
      let blocks = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        PaperLayout.Block(
          head: Int.random(in: 10...300, using: &random),
          rows: (0..<Int.random(in: 0...20, using: &random)).map { _ in
            Int.random(in: 10...200, using: &random)
          },
          keepsWithNext: Bool.random(using: &random))
      }
      let pages = PaperLayout.pages(blocks, capacity: capacity)
      for page in pages {
        let height = page.reduce(0) { height, piece in
          height + blocks[piece.block].head + blocks[piece.block].rows[piece.rows].reduce(0, +)
        }
        #expect(height <= capacity && !page.isEmpty)
      }
      let pieces = pages.flatMap(\.self)
      #expect(pieces.map(\.block) == pieces.map(\.block).sorted())
      for (index, block) in blocks.enumerated() {
        let own = pieces.filter { $0.block == index }
        #expect(own.flatMap { Array($0.rows) } == Array(block.rows.indices))
        #expect(own.map(\.isContinued) == own.indices.map { $0 > 0 })
      }
    }
  }

  @Test func `a question that fits on a page is not cut, and no heading is the last on its page`() {
    let question = PaperLayout.Block(head: 100, rows: [100, 100, 100, 100])
    let heading = PaperLayout.Block(head: 100, keepsWithNext: true)
    let pages = PaperLayout.pages([question, heading, question], capacity: 1_000)
    #expect(pages.map { $0.map(\.block) } == [[0], [1, 2]])
  }
}
