import * as fs from 'node:fs';
import * as path from 'node:path';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel, ExtractorMessage } from '@microsoft/api-extractor';

const root = path.resolve(__dirname, '../..');
const quiet = { logLevel: ExtractorLogLevel.None };

/** Entry points, and the name of the report of each. The first is the library, to which the types belong that the others use. */
const entryPoints = [
  { entry: 'index', name: 'proxmox-constructs' },
  { entry: 'assertions/index', name: 'assertions' },
  { entry: 'simulator/index', name: 'simulator' },
];

/** Names that the reports give to what programs import by another name. */
const otherNames = ['packer_2'];

/**
 * Writes what the package offers to `api/`, from the types in `dist/`; with `--check` it only says whether that is what stands there.
 * So a change of the public API is seen in a review, and never made by accident.
 */
function main(check: boolean): number {
  const configs = entryPoints.map(({ entry, name }) => configuration(entry, name));
  const others = configs.slice(1).map((config) => config.mainEntryPointFilePath);
  const compilerState = CompilerState.create(configs[0], { additionalEntryPoints: others });
  let wrong = 0;
  const offered: string[] = [];
  for (const config of configs) {
    const { problems, text } = report(config, compilerState, check, offered.join('\n'));
    offered.push(text);
    for (const problem of problems) console.error(problem);
    wrong += problems.length;
  }
  return wrong === 0 ? 0 : 1;
}

function report(config: ExtractorConfig, compilerState: CompilerState, check: boolean, offered: string): { problems: string[]; text: string } {
  const problems: string[] = [];
  const before = fs.existsSync(config.reportFilePath) ? fs.readFileSync(config.reportFilePath, 'utf8') : undefined;
  Extractor.invoke(config, {
    compilerState,
    localBuild: !check,
    messageCallback: (message: ExtractorMessage) => {
      message.handled = true;
      const forgotten = /^The symbol "(\w+)" needs to be exported/.exec(message.text)?.[1];
      if (forgotten && (otherNames.includes(forgotten) || new RegExp(`(class|interface|enum) ${forgotten} `).test(offered))) return;
      if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.formatMessageWithLocation(root));
    },
  });
  const text = fs.readFileSync(config.reportTempFilePath, 'utf8');
  if (check && text !== before) {
    problems.push(`${path.relative(root, config.reportFilePath)} is not what the package offers: run \`npm run api\`, and look at the difference`);
  }
  return { problems, text };
}

function configuration(entry: string, name: string): ExtractorConfig {
  const temporary = path.join(root, 'dist', 'api');
  fs.mkdirSync(temporary, { recursive: true });
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: path.join(root, 'dist/cdktf', `${entry}.d.ts`),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022', lib: ['es2022'], module: 'commonjs', moduleResolution: 'node', types: ['node'], strict: true, skipLibCheck: true,
          },
        },
      },
      apiReport: { enabled: true, reportFileName: name, reportFolder: path.join(root, 'api'), reportTempFolder: temporary },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        extractorMessageReporting: {
          'default': { logLevel: ExtractorLogLevel.Error },
          // What is exported and not internal is public: no tag says so.
          'ae-missing-release-tag': quiet,
          // A test looks for docstrings; links in them are for editors.
          'ae-undocumented': quiet,
          'ae-unresolved-link': quiet,
        },
        // The docstrings are Markdown, not TSDoc.
        tsdocMessageReporting: { default: quiet },
      },
    },
  });
}

process.exitCode = main(process.argv.includes('--check'));
