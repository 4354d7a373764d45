import Database
import Kernel
import People
import Security

/// Messages' part of the map of data: what its tables keep about persons.
enum MessageRecords {
  /// What the part is called.
  static let name = Phrase("消息和通知", "Messages")

  /// - Parameter kinds: what messages are about.
  static func all(_ kinds: MessageKinds) -> PersonRecords {
    PersonRecords(
      // A letter is its reader's alone, and that somebody has a case stands in some. Deliveries first: they refer to
      // messages.
      name, isConfidential: true, tables: [deliveries, messages(kinds), preferences, weChat], acts: acts,
      erase: { try MessageRecordsRows.erase($0, in: $1) })
  }

  private static let deliveries = PersonTable(
    "messages_delivery", Phrase("怎么送给您的", "How messages were brought to you"), ending: .deleted,
    columns: [
      PersonColumn("created_at", Phrase("时间", "At"), .moment),
      PersonColumn("way", Phrase("方式", "Way"), .choice(names(of: MessageWay.allCases, \.name))),
      PersonColumn("state", Phrase("状态", "State"), .choice(names(of: Delivery.State.allCases, \.name))),
      PersonColumn("due_at", Phrase("下次的时间", "Next at"), .moment),
      PersonColumn("first_tried_at", Phrase("第一次试的时间", "First tried at"), .moment),
      PersonColumn("attempts", Phrase("试了几次", "Tries"), .number),
      PersonColumn("sent_at", Phrase("送出的时间", "Sent at"), .moment),
      PersonColumn("receipt", Phrase("服务商的编号", "Number at the service")),
      PersonColumn("reason", Phrase("没有送到的原因（代码）", "Why it did not arrive (code)")),
      PersonColumn("ended_at", Phrase("结束的时间", "Ended at"), .moment),
    ]
  ) { MessageRecordsRows.deliveries(to: $0) }

  private static func messages(_ kinds: MessageKinds) -> PersonTable {
    PersonTable(
      "messages_message", Phrase("消息", "Messages"), ending: .deleted,
      columns: [
        PersonColumn("sent_at", Phrase("时间", "At"), .moment),
        PersonColumn("kind", Phrase("关于", "About"), .choice(kinds.names)),
        PersonColumn("text_zh", Phrase("内容", "Text in Chinese")),
        PersonColumn("text_en", Phrase("英文内容", "Text in English")),
        PersonColumn("path", Phrase("网页", "Page")),
        PersonColumn("expires_at", Phrase("送到这时为止", "Brought until"), .moment),
        PersonColumn("read_at", Phrase("您看到的时间", "Read at"), .moment),
      ]
    ) { "recipient_id = \($0.person)" }
  }

  private static let preferences = PersonTable(
    "messages_preference", Phrase("您想怎么收消息", "How you want to be told"), ending: .deleted,
    columns: [
      PersonColumn("changed_at", Phrase("改的时间", "Changed at"), .moment),
      PersonColumn("ways", Phrase("方式（按顺序）", "Ways, in order"), .choice(wayNames)),
      PersonColumn(
        "language", Phrase("语言", "Language"),
        .choice([
          Language.chinese.rawValue: Phrase(same: "中文"), Language.english.rawValue: Phrase(same: "English"),
        ])),
      PersonColumn(
        "quiet_from", Phrase("安静时段从（零点后的分钟数）", "Quiet from (minutes after midnight)"), .number),
      PersonColumn(
        "quiet_until", Phrase("安静时段到（零点后的分钟数）", "Quiet until (minutes after midnight)"), .number),
      PersonColumn("urgent_at_night", Phrase("急事夜里也可以", "What is urgent may come at night"), .yesNo),
    ]
  ) { "person_id = \($0.person)" }

  private static let weChat = PersonTable(
    "messages_wechat", Phrase("连上的微信", "Connected WeChat"), ending: .deleted,
    columns: [
      PersonColumn("bound_at", Phrase("连上的时间", "Connected at"), .moment),
      PersonColumn(
        "open_id", Phrase("微信给您的编号", "WeChat's number for you"), .sealed(.contact, row: "person_id")),
    ]
  ) { "person_id = \($0.person)" }

  /// What persons did for others.
  private static let acts = [
    PersonActs("messages_delivery", Phrase("手上的电话单", "Calls in hand"), by: "taken_by_id"),
    PersonActs(
      "messages_preference", Phrase("设好的收消息方式", "Set how people are told"), by: "changed_by_id",
      at: "changed_at"),
  ]

  /// Every order of ways that can be stored, as people read it.
  static let wayNames: [String: Phrase] = {
    var names: [String: Phrase] = ["": Phrase("只放在消息箱里", "In the inbox alone")]
    func add(_ chosen: [MessageWay]) {
      for way in MessageWay.allCases where !chosen.contains(way) {
        let ways = chosen + [way]
        names[ways.map(\.rawValue).joined(separator: ",")] = Phrase(
          ways.map(\.name.chinese).joined(separator: "、"), ways.map(\.name.english).joined(separator: ", "))
        add(ways)
      }
    }
    add([])
    return names
  }()

  private static func names<Word: RawRepresentable>(
    of words: [Word], _ name: (Word) -> Phrase
  ) -> [String: Phrase] where Word.RawValue == String {
    Dictionary(uniqueKeysWithValues: words.map { ($0.rawValue, name($0)) })
  }
}
