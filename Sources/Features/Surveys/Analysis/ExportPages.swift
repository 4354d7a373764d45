import Kernel
import Web

/// The page from which locked answers are taken to other programs.
struct ExportPages {
  let say: Wording
  let token: String

  func page(_ id: QuestionnaireID, _ title: String, key: String) -> Page {
    let heading = say("导出封存的答案", "Export the locked answers")
    let files = [
      ("xlsx", Phrase("Excel 表（带编码说明）", "Excel workbook with the code book")),
      ("csv", Phrase("CSV 表", "CSV table")),
      ("codebook", Phrase("编码说明（CSV）", "Code book (CSV)")),
      ("sps", Phrase("SPSS 语法（读 CSV 表）", "SPSS syntax that reads the CSV table")),
    ]
    let buttons = files.map { file in
      PageParts.button(
        say(file.1), to: "\(AnalysisPages.path(id))/export", token: token, key: "\(key)-\(file.0)",
        [("form", file.0)],
        isQuiet: true)
    }
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(title)</p>\
      <p>\(say("一行一份，不带名字、不带时间，但一行行看仍可能认出人：只留在服务站，不要转发，用完就删。每次导出都有记录。", "One row for each answer, without name and time. Read row by row somebody may still be made out: keep it in the station, do not pass it on, and delete it afterwards. Every export is noted."))</p>\
      <div class="actions">\(HTML.joined(buttons))</div>\
      <p><a href="\(AnalysisPages.path(id))">\(say("返回统计", "Back to the analysis"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main)
  }
}
