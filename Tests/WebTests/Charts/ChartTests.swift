import Kernel
import TestKit
import Testing

@testable import Web

@Suite("Charts and the tables beneath them")
struct ChartTests {
  private let parts = ChartParts(say: Wording(.english))

  private func data(_ series: [[ChartData.Figure]]) -> ChartData {
    let count = series.map(\.count).max() ?? 0
    return ChartData(
      title: "Homes <reached>", stepName: "Month",
      steps: (0..<count).map { ChartData.Step("2026-\($0 + 1)", short: "26/\($0 + 1)") },
      series: series.enumerated().map { ChartData.Series("Line \($0 + 1)", $1) })
  }

  private func known(_ amount: Int64) -> ChartData.Figure { .known(amount, "\(amount) homes") }

  private func count(_ piece: String, in html: HTML) -> Int { html.text.ranges(of: piece).count }

  @Test func `A line breaks where a figure is hidden or missing, and nothing of it is told`() {
    let chart = data([[known(10), .hidden, known(30), known(40), .missing, known(20)]])
    let picture = parts.linePicture(chart)
    #expect(count("stroke-dasharray", in: picture) == 1, "only the third and fourth stand side by side")
    #expect(count("<circle", in: picture) == 4)
    let table = parts.table(chart)
    #expect(count("left out, so that nobody can be made out", in: table) == 1)
    #expect(count("no figure", in: table) == 1)
  }

  @Test func `Picture and table carry the title, escaped, and the headings their scope`() {
    let html = parts.lines(data([[known(1), known(2)]]))
    #expect(html.text.contains("<title>Homes &lt;reached&gt;</title>"))
    #expect(html.text.contains("<caption>Homes &lt;reached&gt;</caption>"))
    #expect(html.text.contains("role=\"img\""))
    #expect(count("scope=\"col\"", in: html) == 2)
    #expect(count("scope=\"row\"", in: html) == 2)
    #expect(!html.text.contains("<script") && !html.text.contains("style="))
  }

  @Test func `Several lines differ in dashes and marks, and a list says which is which`() {
    let picture = parts.linePicture(
      data([[known(1), known(2)], [known(2), known(1)], [known(3), known(3)]]))
    for dashes in ["\"none\"", "\"8 4\"", "\"2 4\""] {
      #expect(picture.text.contains("stroke-dasharray=\(dashes)"), "\(dashes)")
    }
    #expect(count("<li>", in: picture) == 3)
    #expect(
      picture.text.contains("<circle") && picture.text.contains("<rect") && picture.text.contains("<path"))
  }

  @Test func `Bars begin at zero: their lengths are in the proportion of the figures`() {
    let chart = data([[known(0), known(25), known(100), .hidden, known(-5)]])
    #expect(chart.length(of: 25, within: 180) == 45)
    #expect(chart.length(of: 100, within: 180) == 180)
    #expect(chart.length(of: -5, within: 180) == 0)
    let picture = parts.barPicture(chart)
    #expect(count("<rect", in: picture) == 2, "nothing, a hidden figure and less than nothing have no length")
    #expect(picture.text.contains("width=\"45\"") && picture.text.contains("width=\"180\""))
  }

  @Test func `Where nothing is known there is a table and no picture`() {
    for series in [[], [ChartData.Figure.hidden, .missing]] {
      let chart = data([series])
      #expect(parts.linePicture(chart).isEmpty)
      #expect(parts.barPicture(chart).isEmpty)
      #expect(!parts.table(chart).isEmpty)
    }
  }

  @Test func `A chart of noughts is a line on the floor`() {
    let picture = parts.linePicture(data([[known(0), known(0)]]))
    #expect(picture.text.contains("cy=\"146\""))
  }

  @Test func `Series have a figure for each step`() {
    let chart = ChartData(
      title: "t", stepName: "s", steps: [.init("1"), .init("2")],
      series: [.init("short", [known(1)]), .init("long", [known(1), known(2), known(3)])])
    #expect(chart.series.map(\.figures) == [[known(1), .missing], [known(1), known(2)]])
  }

  @Test(arguments: UInt64(1)...40)
  func `Every mark lies within the picture, whatever the figures`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let steps = Int.random(in: 1...40, using: &random)
    let series = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      (0..<steps).map { _ -> ChartData.Figure in
        switch Int.random(in: 0...4, using: &random) {
        case 0: .hidden
        case 1: .missing
        default: known(Int64.random(in: 0...Int64.max, using: &random))
        }
      }
    }
    let picture = parts.linePicture(data(series))
    for match in picture.text.matches(of: /c([xy])="(-?\d+)"/) {
      let place = try #require(Int(match.2))
      #expect((0...(match.1 == "x" ? 420 : 176)).contains(place))
    }
    #expect(count("text-anchor=\"middle\">26/", in: picture) <= 6)
  }
}
