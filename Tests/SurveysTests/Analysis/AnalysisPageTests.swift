import Kernel
import People
import TestKit
import Testing
import Web

@testable import Surveys

@Suite("Analysis: the station's page")
struct AnalysisPageTests {
  /// The page as the station sees it.
  static func page(_ data: SurveyData, _ privacy: ResponsePrivacy) -> String {
    let questionnaire = Questionnaire(
      id: QuestionnaireID(rawValue: 1), createdAt: Timestamp(seconds: 0), createdBy: SurveySample.actor,
      state: .closed, version: 1, events: 3)
    let material = AnalysisReader.Material(
      questionnaire: questionnaire, title: "下楼难不难", terms: SurveySample.terms(privacy), data: data, lock: nil,
      note: SampleNote(data, contacts: [:], unit: .person, households: nil))
    let summaries = data.items.indices.map { QuestionSummary(data, $0) }
    let page = AnalysisPages(say: Wording(.chinese), material: material).overview(summaries, [])
    return String(decoding: page.main.bytes, as: UTF8.self)
  }

  /// Thirty say yes and three no; one would rather not say, two left it empty. Three of them answered before the second
  /// question was there, which three others answered.
  private var data: SurveyData {
    var (first, second) = (SurveySample.definition, SurveySample.definition)
    first.items = first.items.filter { $0.name == "lift" }
    second.items = second.items.filter { ["lift", "mood"].contains($0.name) }
    var builder = SurveyDataBuilder([SurveySample.version(first), SurveySample.version(second, number: 2)])
    func add(_ count: Int, _ answers: ResponseAnswers, version: Int64 = 2) {
      for _ in 0..<count {
        builder.add(answers, version: version, mode: .link, language: SurveySample.language)
      }
    }
    add(3, ResponseAnswers(values: ["lift": "yes"]), version: 1)
    add(24, ResponseAnswers(values: ["lift": "yes"]))
    add(3, ResponseAnswers(values: ["lift": "yes", "mood": "4"]))
    add(3, ResponseAnswers(values: ["lift": "no"]))
    add(1, ResponseAnswers(refused: ["lift"]))
    add(2, ResponseAnswers())
    return builder.finish()
  }

  @Test(arguments: [ResponsePrivacy.anonymous, .separated])
  func
    `how many answered, refused and left it empty stands in full where small cells of answers are left out`(
      _ privacy: ResponsePrivacy
    )
  {
    let page = Self.page(data, privacy)
    // Fewer than five each: what a figure rests on is told all the same (field/socialwork.md §2.7).
    #expect(page.contains("答了 33 · 没填 2 · 不想说 1 · 没问到 0 · 一共 36"))
    #expect(
      !page.contains("（3/33）") && !page.contains("（30/33）"), "neither the three nor what gives them back")
    // Three in all were not asked the second question: were it told how many, so would be what decided it.
    #expect(!page.contains("没问到 3") && !page.contains("（3/3）"))
    #expect(page.contains("问到的或者没问到的不到 5 个，不写。"))
  }

  @Test func `of a question that many were not asked all is told, but for few who answered it`() {
    let page = Self.page(
      SurveySample.data(
        (0..<30).map { number in
          ResponseAnswers(
            values: number < 3 ? ["lift": "yes", "why": "yes"] : ["lift": number < 15 ? "yes" : "no"],
            notAsked: number < 15 ? [] : ["why"])
        }), .anonymous)
    #expect(page.contains("答了 3 · 没填 12 · 不想说 0 · 没问到 15 · 一共 30"))
    #expect(page.contains("答的人不到 5 个，不写。") && !page.contains("（3/3）"))
  }

  @Test func `where names are known anyway every cell stands`() {
    let page = Self.page(data, .named)
    #expect(page.contains("答了 33 · 没填 2 · 不想说 1 · 没问到 0 · 一共 36"))
    #expect(page.contains("（3/33）") && page.contains("（30/33）") && page.contains("（3/3）"))
    #expect(!page.contains("不到 5 个"))
  }
}
