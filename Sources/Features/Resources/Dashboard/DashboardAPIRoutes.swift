import Hummingbird
import Kernel
import Web

extension CommunityDashboard {
  /// The same figures for programs: what everybody may know.
  func addAPI(_ routes: inout Routes) {
    routes.get(
      "/api/v1/indicators", .everyone, objects: .community, operation: IndicatorOperations.list
    ) { visit in
      .json(IndicatorJSON.document(try await publicSeries(visit)))
    }
  }
}

/// Figures as programs read them. What is left out has a state and no number.
enum IndicatorJSON {
  static func document(_ all: [IndicatorSeries]) -> JSONWriter {
    var json = JSONWriter(capacity: 4096)
    json.object { json in
      json.array("indicators", all) { json, series in
        json.object { json in
          head(series, to: &json)
          json.array("points", series.points) { json, point in json.object { one(point, to: &$0) } }
        }
      }
    }
    return json
  }

  private static func head(_ series: IndicatorSeries, to json: inout JSONWriter) {
    json.field("code", series.code)
    json.field("name", series.name)
    json.field("meaning", series.definition.meaning)
    json.field("origin", series.definition.origin)
    json.field("unit", series.definition.unit.rawValue)
    json.field("counted", series.definition.counted)
    json.field("whole", series.definition.whole)
    json.field("version", series.definition.version)
    json.array("earlier_meanings", series.definition.earlier)
  }

  private static func one(_ point: IndicatorSeries.Point, to json: inout JSONWriter) {
    json.field("period", point.period.code)
    let (state, numerator, denominator): (String, Int64?, Int64?) =
      switch point.shown {
      case .count(let number): ("shown", number, nil)
      case .part(let part, let whole): ("shown", part, whole)
      case .hidden: ("hidden", nil, nil)
      case .missing: ("missing", nil, nil)
      }
    json.field("state", state)
    json.field("numerator", numerator)
    json.field("denominator", denominator)
    json.field("version", point.version)
  }

  static let schema = Schema.object([
    .init(
      "indicators",
      .array(
        .object([
          .init("code", .string(length: 1...40)), .init("name", .phrase), .init("meaning", .phrase),
          .init("origin", .phrase),
          .init("unit", .enumeration(IndicatorDefinition.Unit.allCases.map(\.rawValue))),
          .init("counted", .phrase), .init("whole", .nullable(.phrase)), .init("version", .integer()),
          .init("earlier_meanings", .array(.phrase)),
          .init(
            "points",
            .array(
              .object([
                // A month as 2026-10, or a quarter as 2026-Q4.
                .init("period", .string(length: 7...7)),
                .init("state", .enumeration(["shown", "hidden", "missing"])),
                .init("numerator", .nullable(.integer())), .init("denominator", .nullable(.integer())),
                .init("version", .nullable(.integer())),
              ]), count: TieIndicators.quarterCount...IndicatorSeries.monthCount)),
        ])))
  ])
}

/// The API of figures as the OpenAPI document describes it.
enum IndicatorOperations {
  static let list = Operation(
    "listIndicators",
    Phrase(
      "社区最近 12 个月、8 个季度的数字，人太少的不写。",
      "The community’s figures of the last 12 months or 8 quarters; what concerns too few is left out."),
    answers: [.init(200, Phrase("每个数和它的意思。", "Each figure with what it means."), IndicatorJSON.schema)])
}
