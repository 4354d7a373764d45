import Kernel
import Security
import Web

/// The bytes in which locked answers are kept: one piece that says what there is, then one for each question.
///
/// Texts are not among them, only whether there is one: what somebody wrote in their own words is kept once, with their
/// answer, so that it is gone when the answer goes.
extension SurveyData {
  /// Rows in an order that follows from what stands in them: the same answers give the same rows, however they came in, and
  /// a row says nothing of whose it is.
  var canonical: SurveyData {
    let plain = withoutTexts
    let keys = (0..<count).map { plain.rowBytes($0) }
    let order = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    return SurveyData(
      count: count, items: items, columns: plain.columns.mapValues { $0.ordered(order) },
      modes: order.map { modes[$0] }, languages: languages,
      languageCodes: order.map { languageCodes[$0] })
  }

  /// Languages in their own order, since the order in which they came is none; and no texts.
  private var withoutTexts: SurveyData {
    let columns = columns.mapValues { column in
      if case .text = column.values {
        SurveyColumn(statuses: column.statuses, values: .text([]))
      } else {
        column
      }
    }
    return SurveyData(
      count: count, items: items, columns: columns, modes: modes, languages: languages,
      languageCodes: languageCodes)
  }

  /// The same with languages in alphabetical order.
  var withSortedLanguages: SurveyData {
    let sorted = languages.sorted()
    let places = languages.map { UInt8(sorted.firstIndex(of: $0) ?? 0) }
    return SurveyData(
      count: count, items: items, columns: columns, modes: modes, languages: sorted,
      languageCodes: languageCodes.map { places[Int($0)] })
  }

  private func rowBytes(_ row: Int) -> [UInt8] {
    var bytes = [modes[row], languageCodes[row]]
    for place in items.indices {
      guard let column = columns[place] else { continue }
      column.append(row, to: &bytes)
    }
    return bytes
  }

  /// Names what was locked: the digest of the head and of all columns of canonical answers.
  var digest: Digest {
    Digest(domain: 22, fields: [head] + items.indices.map { columns[$0]?.bytes ?? [] })
  }

  // MARK: - Head

  /// What there is: the questions, how each answer came in, and its language.
  var head: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("count", count)
      json.array("items", items) { json, item in item.write(to: &json) }
      json.array("languages", languages) { $0.value($1) }
      json.field("modes", Base64URL.encode(modes))
      json.field("language_codes", Base64URL.encode(languageCodes))
    }
    return json.bytes
  }

  /// Reads what `head` writes, with the columns that are at hand.
  init?(head: [UInt8], columns: [Int: [UInt8]]) {
    guard let json = try? JSON(head), case .integer(let count)? = json["count"],
      case .array(let items)? = json["items"], case .array(let languages)? = json["languages"],
      let modes = json["modes"]?.text.flatMap(Base64URL.decode),
      let codes = json["language_codes"]?.text.flatMap(Base64URL.decode)
    else { return nil }
    let read = items.compactMap { SurveyItem($0) }
    guard read.count == items.count, modes.count == Int(count), codes.count == Int(count) else { return nil }
    var decoded: [Int: SurveyColumn] = [:]
    for (place, bytes) in columns {
      guard read.indices.contains(place),
        let column = SurveyColumn(bytes, of: read[place], count: Int(count))
      else { return nil }
      decoded[place] = column
    }
    self.init(
      count: Int(count), items: read, columns: decoded, modes: modes,
      languages: languages.compactMap(\.text), languageCodes: codes)
  }
}

extension JSON {
  /// The text that stands here; nil for anything else.
  var text: String? { if case .string(let text) = self { text } else { nil } }
}

extension SurveyItem {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("name", name)
      json.field("kind", kind.rawValue)
      json.array("label", label.pairs) { json, pair in json.array(pair) { $0.value($1) } }
      json.array("options", options) { json, option in
        json.object { json in
          json.field("name", option.name)
          json.array("label", option.label.pairs) { json, pair in json.array(pair) { $0.value($1) } }
        }
      }
      json.field("rating", isRating)
      json.field("skipped", canBeSkipped)
      json.field("refused", canBeRefused)
    }
  }

  init?(_ json: JSON) {
    guard let name = json["name"]?.text, let kind = json["kind"]?.text.flatMap(Kind.init(rawValue:)),
      let label = FormText(pairs: json["label"]), case .array(let options)? = json["options"]
    else { return nil }
    self.init(
      name: name, kind: kind, label: label,
      options: options.compactMap { option in
        guard let name = option["name"]?.text, let label = FormText(pairs: option["label"]) else {
          return nil
        }
        return Option(name: name, label: label)
      }, isRating: json["rating"] == .bool(true), canBeSkipped: json["skipped"] == .bool(true),
      canBeRefused: json["refused"] == .bool(true))
  }
}

extension FormText {
  /// Language and text, in the order of the languages' names.
  var pairs: [[String]] { byLanguage.sorted { $0.key < $1.key }.map { [$0.key.name, $0.value] } }

  init?(pairs json: JSON?) {
    guard case .array(let pairs)? = json else { return nil }
    var byLanguage: [FormLanguage: String] = [:]
    for case .array(let pair) in pairs {
      guard pair.count == 2, let language = pair[0].text, let text = pair[1].text else { return nil }
      byLanguage[FormLanguage(language)] = text
    }
    self.init(byLanguage)
  }
}

// MARK: - Columns

extension SurveyColumn {
  /// What one row holds, so that equal rows have equal bytes.
  func append(_ row: Int, to bytes: inout [UInt8]) {
    bytes.append(statuses[row])
    guard isAnswered(row) else { return }
    switch values {
    case .single(let codes): bytes += [UInt8(codes[row] >> 8), UInt8(codes[row] & 0xFF)]
    case .multiple(let options), .rank(let options): for option in options { bytes.append(option[row]) }
    case .number(let numbers):
      withUnsafeBytes(of: numbers[row].bitPattern.bigEndian) { bytes.append(contentsOf: $0) }
    case .moment(let moments):
      let text = moments[row].utf8
      bytes.append(UInt8(min(255, text.count)))
      bytes += text.prefix(255)
    case .text: break
    }
  }

  /// All rows, each as long as what stands in it.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(statuses.count * 3)
    for row in statuses.indices { append(row, to: &bytes) }
    return bytes
  }

  /// Reads what `bytes` writes; nil for anything else.
  init?(_ bytes: [UInt8], of item: SurveyItem, count: Int) {
    self.init(of: item.kind, options: item.options.count)
    var reader = ColumnReader(bytes: bytes)
    statuses.reserveCapacity(count)
    switch item.kind {
    case .single:
      var codes: [UInt16] = []
      guard
        let statuses = reader.rows(
          count, { $0.number(2).map { codes.append(UInt16($0)) } }, { codes.append(0) })
      else { return nil }
      (self.statuses, values) = (statuses, .single(codes))
    case .multiple, .rank:
      guard let (statuses, options) = reader.options(item.options.count, rows: count) else { return nil }
      (self.statuses, values) = (statuses, item.kind == .rank ? .rank(options) : .multiple(options))
    case .number:
      var numbers: [Double] = []
      let statuses = reader.rows(
        count, { $0.number(8).map { numbers.append(Double(bitPattern: $0)) } }, { numbers.append(0) })
      guard let statuses else { return nil }
      (self.statuses, values) = (statuses, .number(numbers))
    case .moment:
      var moments: [String] = []
      let statuses = reader.rows(count, { $0.text().map { moments.append($0) } }, { moments.append("") })
      guard let statuses else { return nil }
      (self.statuses, values) = (statuses, .moment(moments))
    case .text:
      guard let statuses = reader.rows(count, { _ in () }, {}) else { return nil }
      self.statuses = statuses
    }
    guard reader.isAtEnd else { return nil }
  }
}

private struct ColumnReader {
  let bytes: [UInt8]
  private var place = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { place == bytes.count }

  /// The statuses of all rows.
  /// - Parameters:
  ///   - answered: reads what an answered row holds; nil where it is cut.
  ///   - empty: what is put in place of an answer.
  mutating func rows(
    _ count: Int, _ answered: (inout ColumnReader) -> Void?, _ empty: () -> Void
  ) -> [UInt8]? {
    var statuses: [UInt8] = []
    statuses.reserveCapacity(count)
    for _ in 0..<count {
      guard let status = number(1), let known = AnswerStatus(rawValue: UInt8(status)) else { return nil }
      if known == .answered {
        guard answered(&self) != nil else { return nil }
      } else {
        empty()
      }
      statuses.append(known.rawValue)
    }
    return statuses
  }

  /// Rows of one byte for each option.
  mutating func options(_ options: Int, rows count: Int) -> (statuses: [UInt8], options: [[UInt8]])? {
    var columns = [[UInt8]](repeating: [], count: options)
    let statuses = rows(
      count,
      { reader in
        for place in columns.indices {
          guard let byte = reader.number(1) else { return nil }
          columns[place].append(UInt8(byte))
        }
        return ()
      }, { for place in columns.indices { columns[place].append(0) } })
    return statuses.map { ($0, columns) }
  }

  mutating func number(_ length: Int) -> UInt64? {
    guard place + length <= bytes.count else { return nil }
    var number: UInt64 = 0
    for offset in 0..<length { number = number << 8 | UInt64(bytes[place + offset]) }
    place += length
    return number
  }

  mutating func text() -> String? {
    guard let length = number(1), place + Int(length) <= bytes.count else { return nil }
    defer { place += Int(length) }
    return String(decoding: bytes[place..<(place + Int(length))], as: UTF8.self)
  }
}
