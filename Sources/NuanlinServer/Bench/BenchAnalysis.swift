import Foundation
import Kernel
import People
import Surveys

/// How long the analysis of many answers takes, as the social worker waits for its page.
struct BenchAnalysis: Sendable {
  let survey: BenchSurvey
  let answers: Int
  let rounds: Int
  let run: BenchThreads

  /// One line of the table: milliseconds, each the median of all rounds.
  struct Figure: Sendable, Equatable {
    let answers: Int
    let analysis: BenchSurvey.Analysis
    /// From the request to the last byte of the page.
    let page: Double
    /// Reading and opening the same answers, and nothing more.
    let floor: Double
    /// Of the page.
    let bytes: Int
  }

  /// Floor and program take turns, after one round that is not counted.
  ///
  /// - Parameters:
  ///   - port: where the program listens.
  ///   - surveys: over a copy of its database.
  /// - Throws: `bench.failed` when a page is not answered well.
  func measure(port: Int, floor surveys: Surveys) async throws -> [Figure] {
    var figures: [Figure] = []
    for analysis in BenchSurvey.Analysis.allCases {
      var (pages, floors, bytes): ([Double], [Double], Int) = ([], [], 0)
      for round in 0...rounds {
        let clock = ContinuousClock()
        var begin = clock.now
        _ = try await surveys.openLocked(
          analysis.names, of: survey.questionnaire, in: survey.community)
        let floor = (clock.now - begin) / .milliseconds(1)
        begin = clock.now
        let answer = try await run { asked(analysis, port: port) }
        let page = (clock.now - begin) / .milliseconds(1)
        guard let answer, answer.status == 200 else {
          throw Problem.bench(
            Phrase("\(survey.path(analysis)) 没有正常回答。", "\(survey.path(analysis)) did not answer well."))
        }
        bytes = answer.body.count
        if round > 0 {
          pages.append(page)
          floors.append(floor)
        }
      }
      figures.append(
        Figure(
          answers: answers, analysis: analysis, page: BenchRound.median(pages),
          floor: BenchRound.median(floors),
          bytes: bytes))
    }
    return figures
  }

  private func asked(_ analysis: BenchSurvey.Analysis, port: Int) -> BenchProbe.Answer? {
    BenchProbe.send(
      "GET \(survey.path(analysis)) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nCookie: sid=\(survey.token)\r\n"
        + "Connection: close\r\n\r\n", port: port)
  }
}

extension BenchAnalysis.Figure {
  /// What is told as soon as it is known.
  var line: String {
    String(format: "%@, %d answers: %.0f ms beside %.0f", analysis.rawValue, answers, page, floor)
  }
}
