import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Lists from a group chat are read, and never guessed")
struct ChatReaderTests {
  private func reading(_ entry: ChatCorpusCase, _ text: String? = nil) -> ChatReading {
    ChatReader(ChatCorpus.items(for: entry.name)).read(text ?? entry.text)
  }

  @Test("There are more than forty lists")
  func count() {
    #expect(ChatCorpusCase.all.count > 40)
    #expect(Set(ChatCorpusCase.all.map(\.text)).count == ChatCorpusCase.all.count)
  }

  @Test("Every line is read as it is meant, or asked about", arguments: ChatCorpusCase.all)
  func reads(_ entry: ChatCorpusCase) {
    let read = reading(entry).lines.compactMap(ChatCorpus.described)
    #expect(read == entry.lines)
  }

  @Test("Width, spaces and the ends of lines change nothing", arguments: ChatCorpusCase.all)
  func spellings(_ entry: ChatCorpusCase) {
    let expected = reading(entry).lines.map(ChatCorpus.described)
    let wide = String(
      entry.text.unicodeScalars.map { scalar -> Character in
        guard (0x21...0x7E).contains(scalar.value), let wide = Unicode.Scalar(scalar.value + 0xFEE0),
          !entry.text.unicodeScalars.contains(where: { [0x20E3, 0x336].contains($0.value) })
        else { return Character(scalar) }
        return Character(wide)
      })
    #expect(reading(entry, wide).lines.map(ChatCorpus.described) == expected)
    let spaced = entry.text.replacing(" ", with: "  ").replacing("\n", with: "  \r\n ")
    #expect(reading(entry, spaced).lines.map(ChatCorpus.described) == expected)
  }

  @Test("What is certain reads back the same in its own form", arguments: ChatCorpusCase.all)
  func rendering(_ entry: ChatCorpusCase) {
    let reader = ChatReader(ChatCorpus.items(for: entry.name))
    for read in reader.read(entry.text).entries where read.isCertain {
      let again = reader.read(read.rendering).entries
      #expect(again.count == 1, "\(read.rendering)")
      guard let again = again.first else { continue }
      #expect(
        again.wishes == read.wishes && again.intent == read.intent && again.isCertain, "\(read.rendering)")
      #expect(again.door == read.door && again.identity == read.identity, "\(read.rendering)")
    }
  }

  @Test("Every answer leaves fewer questions, until none is left", arguments: ChatCorpusCase.all)
  func answers(_ entry: ChatCorpusCase) {
    let reader = ChatReader(ChatCorpus.items(for: entry.name))
    let reading = reader.read(entry.text)
    for line in reading.lines {
      guard let read = line.entry, !read.isCertain else { continue }
      for (index, question) in read.questions.enumerated() {
        let others = read.questions.enumerated().filter { $0.offset != index }.map(\.element.kind)
        for choice in question.choices where !choice.text.isEmpty {
          let again = reader.read(entry.text) { $0 == line.key ? choice.text : nil }.lines[line.position]
            .entry
          let left = again?.questions.map(\.kind) ?? []
          #expect(again != nil, "\(choice.text)")
          #expect(
            left.allSatisfy { (others + [.nothingAsked, .repeated, .itemTwice]).contains($0) },
            "\(read.body): \(choice.text) asks \(left)")
          if case .wishes(let wishes) = choice.answer, !left.contains(.itemTwice) {
            #expect(wishes.allSatisfy { again?.wishes.contains($0) ?? false }, "\(choice.text)")
          }
          if case .door(let door) = choice.answer { #expect(again?.door == door) }
        }
      }
    }
  }

  @Test("A correction stays with its line when the list grows and is numbered anew")
  func corrections() throws {
    let reader = ChatReader(ChatCorpus.items)
    let first = reader.read("1. 3-501 王阿姨 草莓1\n2. 3-502 李叔 鸡蛋1")
    let key = first.lines[0].key
    let grown = "1. 3-500 新来的 虾1\n2. 3-501 王阿姨 草莓1\n3. 3-502 李叔 鸡蛋1"
    let read = reader.read(grown) { $0 == key ? "3-501 王阿姨 ⟦F⟧×1" : nil }
    #expect(read.entries.map(\.isCertain) == [true, true, true])
    #expect(read.entries[1].wishes == [ChatWish(item: 5, quantity: 1)])
    let left = reader.read(grown) { $0 == key ? "" : nil }
    #expect(left.lines[1].kind == .leftOut && left.entries.count == 2)
  }

  @Test("Another door leaves every other number to be asked about", arguments: ["3-501", "501"])
  func otherDoors(_ door: String) throws {
    let reader = ChatReader(ChatCorpus.items)
    let entry = try #require(reader.read("1. \(door) 王阿姨 鸡蛋 100").entries.first)
    let moved = try #require(reader.read(entry.at(ChatDoor(building: "7", room: "302"))).entries.first)
    #expect(moved.door == ChatDoor(building: "7", room: "302"))
    #expect(moved.questions.map(\.kind) == [.unread] && moved.questions.first?.fragment == "100")
  }

  @Test("What is crossed out can be taken back, kept or left out")
  func crossed() throws {
    let entry = try #require(ChatReader(ChatCorpus.items).read("3-501 王阿姨 鸡蛋2 ❌").entries.first)
    #expect(entry.questions.first?.choices.map(\.answer) == [.cancel, .leaveOut, .ignore])
    let words = ChatOrderWords.question(try #require(entry.questions.first))
    #expect(words.chinese.contains("打了叉") && words.english.contains("crossed out"))
  }

  @Test("The first line that is too long is named")
  func longLines() {
    let long = String(repeating: "好", count: ChatReader.lineLimit + 1)
    #expect(ChatReader.longLine(of: "1. 3-501 鸡蛋1\r\n\(long)\n\(long)") == 2)
    #expect(ChatReader.longLine(of: String(long.dropLast())) == nil)
  }

  @Test("Anything can be pasted")
  func fuzz() {
    var random = SeededGenerator(seed: 26)
    let signs = Array(
      "0123456789一二两三半十百号楼栋单元室-/#+×xX*.,，、；（）【】「」⟦⟧:： 　\t鸡蛋虾草莓小盒大盒番茄王阿姨取消改成再加各都要同上斤克盒份共元¥❌AaBb①②🙏\u{336}\u{20E3}\u{FE0F}\u{200D}"
    )
    let reader = ChatReader(ChatCorpus.items)
    for round in 0..<1_000 {
      let length = Int.random(in: 0...40, using: &random)
      var text = String((0..<length).compactMap { _ in signs.randomElement(using: &random) })
      if round % 3 == 0 { text = "1. 3-501 王阿姨 " + text }
      if round % 7 == 0 { text += "\n" + text }
      let reading = reader.read(text)
      #expect(reading.lines.count == ChatFolding.lines(of: text).count)
      for entry in reading.entries {
        #expect(entry.wishes.allSatisfy { (1...Order.quantityLimit).contains($0.quantity) })
        #expect(Set(entry.wishes.map(\.item)).count == entry.wishes.count || !entry.isCertain)
      }
    }
  }

  @Test("Telephone numbers are not kept, other numbers are")
  func telephones() {
    #expect(ChatTelephones.removed(from: "李叔13800001234鸡蛋2") == "李叔 鸡蛋2")
    #expect(ChatTelephones.removed(from: "138 0000 1234 鸡蛋") == "  鸡蛋")
    #expect(ChatTelephones.removed(from: "１３８００００１２３４") == " ")
    for kept in ["3-501 鸡蛋12", "12345678901", "138000012345", "1. 3-501", "13800"] {
      #expect(ChatTelephones.removed(from: kept) == kept)
    }
  }

  @Test(
    "Doors in every spelling",
    arguments: [
      ("3号楼501", "3||501"), ("３＃５０１室", "3||501"), ("3-2-501", "3|2|501"), ("三栋二单元五零一", "3|2|501"),
      ("十二号楼1单元1203", "12|1|1203"), ("B座0302", "B||302"), ("3幢501A", "3||501A"), ("3号501", "3||501"),
      ("Building 3 Unit 2 Room 501", "3|2|501"), ("3/501", "3||501"), ("3 - 501", "3||501"),
    ])
  func doors(_ written: String, _ expected: String) {
    let door = ChatReader(ChatCorpus.items).read("\(written) 王阿姨 鸡蛋1").entries.first?.door
    #expect(door.map { "\($0.building)|\($0.unit)|\($0.room)" } == expected)
  }

  @Test("Letters of items go on after Z")
  func letters() {
    #expect([0, 25, 26, 27, 51, 52].map(ChatMark.letters) == ["A", "Z", "AA", "AB", "AZ", "BA"])
  }

  @Test(
    "What a pack weighs counts only where it is stated exactly",
    arguments: [
      ("500 克", 500), ("5 公斤/袋", 5000), ("2.5kg", 2500), ("约 500 克", nil), ("30 枚", nil), ("", nil),
      ("1 斤", 500),
    ] as [(String, Int64?)])
  func packs(_ pack: String, _ grams: Int64?) {
    #expect(ChatUnits.grams(of: .bag, pack: pack) == grams)
  }
}
