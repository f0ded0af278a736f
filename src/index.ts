// archlint as a library: the stages by the names of their arrows, and the shapes between them. The command line goes through here too.

export { catalogue } from '../rules/index.js';
export { categories, type Category, type Finding, type Grouping, type Rule, type Surroundings } from '../rules/rule.js';
export { format, parse } from '../grammar/index.js';
export type * from '../grammar/tree.js';
export { analyze, type AnalyzeOptions } from './analysis/analyze.js';
export { compare } from './analysis/compare.js';
export {
  analyzeFaultTree,
  type FaultTreeResult,
  type NamedFaultTree,
  type NamedGate,
  type SolveOptions,
} from './analysis/engine/index.js';
export { namedNodes, type Named } from './analysis/named.js';
export { whatIf } from './analysis/what-if.js';
export { diagnostic } from './base/diagnostic.js';
export { unmeasured, type Measure, type Part } from './base/measure.js';
export type {
  Acceptance,
  Diagnostic,
  Edit,
  Entry,
  Fix,
  Related,
  Severity,
  SubjectId,
  Witness,
} from './base/diagnostic.js';
export {
  byPlace,
  textAt,
  positionAt,
  regionOf,
  type Location,
  type Position,
  type Region,
  type Source,
} from './base/source.js';
export { isEmpty, type Difference } from './base/difference.js';
export type * from './base/figures.js';
export { exportAs, type ExportFormat, type TextOptions } from './export/index.js';
export { idsOf, settingsFrom, type Layer } from './config/layers.js';
export { diff, type Diff, type Side, type Union } from './diff/index.js';
export { elk, layout, type LayoutOptions, type Scene } from './layout/index.js';
export { mend, type Mended, type Wanted } from './lint/fixes.js';
export { lint, planFor, type JudgedAccept, type LintSettings, type RuleSetting } from './lint/index.js';
export { graphOf, importsOf, resolve, type Project, type System, type Unreadable } from './model/index.js';
export {
  check,
  checkPage,
  draw,
  drawChanges,
  readingOptions,
  sideOf,
  type Checked,
  type CheckSettings,
} from './pipeline.js';
export { pictureFindings, render } from './render/index.js';
export { mostPixels, rasterise, rasterSize, type Raster, type RasterOptions } from './render/png.js';
export type { RenderOptions } from './render/index.js';
export { renderPage } from './render/page.js';
export {
  atLeast,
  formatNames,
  hiddenText,
  patchOf,
  plain,
  report,
  reportEveryday,
  said,
  showPage,
  summaryOf,
  summaryText,
  wrap,
} from './report/index.js';
export type {
  EverydayFormat,
  Format,
  Paint,
  Picture,
  Report,
  ReportOptions,
  Rewritten,
  RuleText,
  Style,
} from './report/index.js';
export { reportDifference, type DiffFormat, type DiffReport } from './report/diff/index.js';
export { reportFigures, type Comparison, type FiguresFormat, type FiguresReport } from './report/figures/index.js';
