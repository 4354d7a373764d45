import Kernel
import People
import Security
import TestKit

@testable import Surveys

/// A questionnaire with a question of every kind, and answers to it.
enum SurveySample {
  static let language = FormLanguage("中文 (zh)")
  static let actor = Actor(person: PersonID(rawValue: 9), role: .socialWorker)

  static func list(_ name: String, _ choices: [String]) -> FormChoiceList {
    FormChoiceList(
      name: name, choices: choices.map { FormChoice(name: $0, label: FormText([language: "选项\($0)"])) })
  }

  static func item(_ name: String, _ kind: FormItem.Kind) -> FormItem {
    FormItem(name: name, kind: kind, label: FormText([language: "题目\(name)"]))
  }

  static var definition: FormDefinition {
    var mood = item("mood", .selectOne(list: "points"))
    mood.appearance = ["likert"]
    var why = item("why", .selectOne(list: "yes"))
    why.relevant = "${lift} = 'no'"
    return FormDefinition(
      formID: "sample", title: FormText([language: "下楼难不难"]), languages: [language],
      defaultLanguage: language,
      lists: [
        list("yes", ["yes", "no"]), list("points", ["1", "2", "3", "4", "5"]),
        list("needs", ["shop", "care", "talk"]),
      ],
      items: [
        item("lift", .selectOne(list: "yes")), why, mood, item("needs", .selectMultiple(list: "needs")),
        item("order", .rank(list: "needs")), item("age", .integer), item("day", .date), item("words", .text),
      ])
  }

  static func terms(_ privacy: ResponsePrivacy = .anonymous) -> QuestionnaireTerms {
    QuestionnaireTerms(
      title: "下楼难不难", purpose: "想知道大家下楼难在哪里，好跟街道说。", privacy: privacy, unit: .person, allowsRefusal: true)
  }

  static func version(_ definition: FormDefinition = definition, number: Int64 = 1) -> QuestionnaireVersion {
    QuestionnaireVersion(
      questionnaire: QuestionnaireID(rawValue: 1), number: number, terms: terms(), definition: definition,
      digest: Digest(of: "form"), openedAt: Timestamp(seconds: 0), openedBy: actor)
  }

  /// Answers drawn at random, with every state of every question among them.
  static func answers(_ count: Int, _ random: inout SeededGenerator) -> [ResponseAnswers] {
    (0..<count).map { _ in
      var answers = ResponseAnswers()
      func put(_ name: String, _ value: String) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: answers.refused.insert(name)
        case 1: break
        default: answers.values[name] = value
        }
      }
      put("lift", Bool.random(using: &random) ? "yes" : "no")
      if answers.values["lift"] == "no" {
        put("why", Bool.random(using: &random) ? "yes" : "no")
      } else {
        answers.notAsked.insert("why")
      }
      put("mood", String(Int.random(in: 1...5, using: &random)))
      let needs = ["shop", "care", "talk"].filter { _ in Bool.random(using: &random) }
      put("needs", needs.joined(separator: " "))
      put("order", ["shop", "care", "talk"].shuffled(using: &random).joined(separator: " "))
      put("age", String(Int.random(in: 20...95, using: &random)))
      put("day", "2026-0\(Int.random(in: 1...9, using: &random))-05")
      put("words", "楼梯太高")
      answers.values = answers.values.filter { !$0.value.isEmpty }
      return answers
    }
  }

  static func data(
    _ answers: [ResponseAnswers], versions: [QuestionnaireVersion] = [version()], version: Int64 = 1
  ) -> SurveyData {
    var builder = SurveyDataBuilder(versions)
    for (index, answer) in answers.enumerated() {
      builder.add(answer, version: version, mode: index % 3 == 0 ? .paper : .link, language: language)
    }
    return builder.finish()
  }
}
