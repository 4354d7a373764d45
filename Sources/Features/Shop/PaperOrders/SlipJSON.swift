import Kernel
import Web

/// Catalogues and slips in the API's words.
enum SlipJSON {
  static func catalogue(_ sheet: PaperSheet) -> JSONWriter {
    var json = JSONWriter(capacity: 400 + sheet.items.count * 240)
    json.object { json in
      json.field("campaign", sheet.campaign.id)
      json.field("version", sheet.catalogue.number)
      json.field("printed_at", sheet.catalogue.printedAt)
      json.field("slips_until", sheet.catalogue.slipsUntil)
      json.array("items", sheet.items) { json, item in
        json.object { json in
          json.field("code", item.code)
          json.field("item", item.id)
          json.field("name", item.name)
          json.field("pack", item.desk.offer.pack)
          json.field("unit", item.desk.offer.unit.code)
          json.field("price", item.price)
          json.field("available", sheet.available(item))
        }
      }
    }
    return json
  }

  static func batch(_ batch: SlipBatch) -> JSONWriter {
    var json = JSONWriter(capacity: 300 + batch.entries.count * 300)
    json.object { json in
      json.field("id", batch.id)
      json.field("campaign", batch.campaign)
      json.field("sent_at", batch.sentAt)
      json.array("slips", batch.entries) { json, entry in
        json.object { json in
          json.field("code", entry.typedCode)
          json.field("state", entry.state.rawValue)
          json.field("order", entry.order)
          json.array("conflicts", entry.conflicts) { json, conflict in
            json.object { json in
              json.field("kind", conflict.kind.rawValue)
              json.field("subject", conflict.subject)
              json.field("wanted", conflict.wanted)
              json.field("available", conflict.available)
              json.field("message", PaperWords.conflict(conflict))
            }
          }
        }
      }
    }
    return json
  }

  /// - Throws: `form.invalid` naming each wrong member.
  static func draft(_ json: JSON) throws -> SlipBatchDraft {
    var body = try json.object()
    let entries = body.objects("slips", count: 1...SlipBatchDraft.countLimit) {
      slip -> SlipBatchDraft.Entry? in
      let code = slip.string("code", length: 1...40)
      let note = slip.string("note", length: 0...200, isRequired: false)
      let most = slip.money("most", isRequired: false)
      let lines = slip.objects("lines", count: 0...Order.lineLimit) { line -> String? in
        let item = line.string("code", length: 1...8)
        let quantity = line.integer("quantity", in: 0...Order.quantityLimit)
        guard let item, let quantity else { return nil }
        return "\(item) \(quantity)"
      }
      guard let code, let lines else { return nil }
      let all = lines + (most.map { ["0 \($0.decimal)"] } ?? [])
      return SlipBatchDraft.Entry(code: code, lines: all.joined(separator: "\n"), note: note ?? "")
    }
    try body.finish()
    guard let entries else { throw Problem.internalFault }
    return try SlipBatchDraft(entries)
  }

  // MARK: - Shapes

  private static let quantity = Schema.integer(0...Order.quantityLimit)

  static let catalogueSchema = Schema.named(
    "PaperCatalogue",
    .object([
      .init("campaign", .identifier), .init("version", .integer(1...Int64.max)),
      .init("printed_at", .timestamp), .init("slips_until", .timestamp),
      .init(
        "items",
        .array(
          .object([
            .init("code", .string()), .init("item", .identifier), .init("name", .phrase),
            .init("pack", .phrase), .init("unit", .string()), .init("price", .money),
            .init("available", .nullable(.integer(0...Int64.max))),
          ]))),
    ]))

  static let sendingSchema = Schema.named(
    "SlipSending",
    .object([
      .init(
        "slips",
        .array(
          .object([
            .init("code", .string(length: 1...40)),
            .init(
              "lines",
              .array(
                .object([.init("code", .string(length: 1...8)), .init("quantity", quantity)]),
                count: 0...Order.lineLimit)),
            .init("most", .money, isRequired: false),
            .init("note", .string(length: 0...200), isRequired: false),
          ]), count: 1...SlipBatchDraft.countLimit))
    ]))

  static let batchSchema = Schema.named(
    "SlipBatch",
    .object([
      .init("id", .identifier), .init("campaign", .identifier), .init("sent_at", .timestamp),
      .init(
        "slips",
        .array(
          .object([
            .init("code", .string()), .init("state", .enumeration(SlipBatch.State.allCases.map(\.rawValue))),
            .init("order", .nullable(.identifier)),
            .init(
              "conflicts",
              .array(
                .object([
                  .init("kind", .enumeration(SlipConflict.Kind.allCases.map(\.rawValue))),
                  .init("subject", .string()), .init("wanted", .integer()), .init("available", .integer()),
                  .init("message", .phrase),
                ]))),
          ]))),
    ]))
}
