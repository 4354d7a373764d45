import Kernel

/// What a cell of the column `type` asks for.
///
/// Types are read as pyxform reads them, capitals included; source: its `aliases.py`, `question_type_dictionary.py` and the
/// patterns of `xls2json.py`. What it takes and this program cannot ask is told by its kind.
enum XLSFormType: Sendable, Hashable {
  /// - Parameter hasOther: whether a choice “other” and a question for it are to be added.
  case item(FormItem.Kind, hasOther: Bool)
  case begin(Block)
  case end(Block)
  /// Left out, with a warning.
  case dropped(Phrase)
  case refused(Phrase)

  enum Block: String, Sendable {
    case group
    case `repeat`
    case loop
  }

  init(_ text: String) {
    if let kind = Self.kinds[text] {
      self = .item(kind, hasOther: false)
    } else if let block = Self.block(text) {
      self = block
    } else if let select = Self.select(text) {
      self = select
    } else if let reason = Self.reason(text) {
      self = reason
    } else {
      self = .refused(Self.unknown(text))
    }
  }

  private static let kinds: [String: FormItem.Kind] = {
    let names: [(FormItem.Kind, [String])] = [
      (.text, ["text", "string", "q string", "add text prompt"]),
      (.integer, ["integer", "int", "q int", "add integer prompt"]),
      (.decimal, ["decimal", "q decimal", "add decimal prompt"]),
      (.range, ["range"]),
      (.date, ["date", "q date", "add date prompt"]),
      (.time, ["time"]),
      (
        .dateTime,
        [
          "dateTime", "datetime", "date time", "q dateTime", "q date time", "add dateTime prompt",
          "add date time prompt",
        ]
      ),
      (.note, ["note", "q note", "add note prompt"]),
      (.acknowledge, ["acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"]),
      (.calculate, ["calculate", "q calculate", "add calculate prompt"]),
      (.hidden, ["hidden"]),
      (.start, ["start", "start time", "get start time"]),
      (.end, ["end", "end time", "get end time"]),
      (.today, ["today", "get today"]),
    ]
    return Dictionary(uniqueKeysWithValues: names.flatMap { kind, names in names.map { ($0, kind) } })
  }()

  private static func block(_ text: String) -> XLSFormType? {
    let words = text.split(maxSplits: 1) { $0 == " " || $0 == "_" }
    guard words.count == 2, text.count == words[0].count + 1 + words[1].count else { return nil }
    let names: [Substring: Block] = [
      "group": .group, "repeat": .repeat, "lgroup": .repeat, "looped group": .repeat, "loop": .loop,
    ]
    switch words[0] {
    case "end": return names[words[1]].map { .end($0) }
    case "begin":
      // A loop names the list that it goes through.
      if words[1].hasPrefix("loop ") { return .begin(.loop) }
      return names[words[1]].map { .begin($0) }
    default: return nil
    }
  }
}

// MARK: - Choices

extension XLSFormType {
  private enum Command {
    case one
    case several
    case rank
    case file
  }

  /// In the order in which pyxform tries them.
  private static let commands: [(words: String, command: Command)] = [
    ("add select one prompt using", .one), ("add select multiple prompt using", .several),
    ("select all that apply from", .several), ("select one from", .one), ("select1", .one),
    ("select_one", .one), ("select one", .one), ("select_multiple", .several),
    ("select all that apply", .several), ("select_one_external", .file), ("select_one_from_file", .file),
    ("select_multiple_from_file", .file), ("select one from file", .file),
    ("select multiple from file", .file), ("rank", .rank),
  ]

  private static let others = ["or specify other", "or_other", "or other"]

  private static func select(_ text: String) -> XLSFormType? {
    for (words, command) in commands where text.hasPrefix(words + " ") {
      let rest = text.dropFirst(words.count + 1)
      let list = String(rest.prefix { !$0.isWhitespace })
      let ending = rest.dropFirst(list.count)
      guard !list.isEmpty, ending.isEmpty || others.contains(where: { ending == " " + $0 }) else { continue }
      return select(command, list, hasOther: !ending.isEmpty)
    }
    return nil
  }

  private static func select(_ command: Command, _ list: String, hasOther: Bool) -> XLSFormType {
    if command == .file || FormName.fileEndings.contains(where: list.hasSuffix) {
      return .refused(
        Phrase(
          "选项不能放在另外的文件里；请写进 choices 表。",
          "Choices cannot come from another file; please write them on the sheet choices."))
    }
    if list.contains("${") {
      return .refused(
        Phrase("还不能用前面的回答做选项。", "Choices cannot be made of earlier answers yet."))
    }
    switch command {
    case .one: return .item(.selectOne(list: list), hasOther: hasOther)
    case .several: return .item(.selectMultiple(list: list), hasOther: hasOther)
    case .rank where hasOther:
      return .refused(Phrase("排序题不能加“其他”。", "A question of order cannot have “other”."))
    case .rank, .file: return .item(.rank(list: list), hasOther: false)
    }
  }
}

// MARK: - What is not asked

extension XLSFormType {
  private static func reason(_ text: String) -> XLSFormType? {
    if devices.contains(text.hasPrefix("uri:") ? String(text.dropFirst(4)) : text) {
      return .dropped(
        Phrase(
          "为了保护隐私，不收手机和账号的信息，这一行没有读。",
          "For people's privacy nothing is taken of their telephone or account; this row was left out."))
    }
    if text == "audit" {
      return .dropped(
        Phrase("不记录填写的过程，这一行没有读。", "How a form is filled in is not recorded; this row was left out."))
    }
    if places.contains(text) {
      return .refused(Phrase("还不能问位置（\(text)）。", "Places cannot be asked for yet (\(text))."))
    }
    if recordings.contains(text) || text.hasPrefix("background-") {
      return .refused(
        Phrase(
          "还不能收图片、声音、视频、文件和条码（\(text)）。",
          "Pictures, sounds, videos, files and barcodes cannot be taken yet (\(text))."))
    }
    if ["csv-external", "xml-external"].contains(text) {
      return .refused(Phrase("不能用另外的数据文件（\(text)）。", "Other data files cannot be used (\(text))."))
    }
    if text == "osm" || text.hasPrefix("binary ") {
      return .refused(Phrase("不能用 OpenStreetMap 题型。", "Questions about OpenStreetMap cannot be used."))
    }
    return nil
  }

  private static let devices: Set<String> = [
    "deviceid", "device id", "get device id", "imei", "phonenumber", "get phone number", "username", "email",
    "simserial", "sim id", "get sim id", "subscriberid", "subscriber id", "get subscriber id",
  ]

  private static let places: Set<String> = [
    "geopoint", "geotrace", "geoshape", "start-geopoint", "location", "gps", "q geopoint", "q geotrace",
    "q geoshape", "q location", "add location prompt",
  ]

  private static let recordings: Set<String> = [
    "image", "photo", "audio", "video", "file", "barcode", "q picture", "q image", "q audio", "q video",
    "q barcode", "add image prompt", "add photo prompt", "add audio prompt", "add video prompt",
    "add file prompt", "add barcode prompt",
  ]

  private static func unknown(_ text: String) -> Phrase {
    let plain = text.lowercased()
    guard plain != text, isTaken(plain) else {
      return Phrase("不认识题型“\(text)”。", "The type “\(text)” is not known.")
    }
    return Phrase(
      "题型要这样写：\(plain)。大写的“\(text)”各种软件都不认。",
      "Please write \(plain); no tool knows “\(text)” with these capitals.")
  }

  private static func isTaken(_ text: String) -> Bool {
    if case .refused = XLSFormType(text) { false } else { true }
  }
}
