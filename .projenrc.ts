import { javascript, typescript } from 'projen';
import { rooms, whyNot } from './projenrc/rooms';

const compilerOptions: javascript.TypeScriptCompilerOptions = {
  target: 'ES2022',
  lib: ['es2022'],
  module: 'commonjs',
  moduleResolution: javascript.TypeScriptModuleResolution.NODE,
  strict: true,
  declaration: true,
  stripInternal: true,
  inlineSourceMap: false,
  inlineSources: false,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitOverride: true,
  esModuleInterop: false,
};

const project = new typescript.TypeScriptProject({
  name: 'proxmox-constructs',
  description: 'CDK constructs for golden images and virtual machines on Proxmox VE: Packer templates and Terraform configuration from one program',
  keywords: ['cdktf', 'cdktn', 'terraform', 'opentofu', 'packer', 'proxmox', 'talos', 'golden-image', 'homelab'],
  authorName: 'The proxmox-constructs authors',
  authorOrganization: true,
  license: 'Apache-2.0',
  copyrightOwner: 'The proxmox-constructs authors',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  minNodeVersion: '20.9.0',
  typescriptVersion: '~5.9.3',

  srcdir: 'lib',
  libdir: 'dist',
  testdir: 'test',
  entrypoint: 'dist/cdktf/index.js',
  entrypointTypes: 'dist/cdktf/index.d.ts',

  peerDeps: ['cdktf@>=0.21.0 <0.22.0', 'cdktn@>=0.22.0 <1', 'constructs@^10.4.2'],
  peerDependencyOptions: { pinnedDevDependency: false },
  // Read only where a user hands over YAML; loaded then.
  deps: ['yaml@^2'],
  devDeps: [
    'cdktf@0.21.0', 'cdktn@0.24.0', 'constructs@10.6.0',
    '@cdktf/provider-generator@0.21.0', '@cdktf/commons@0.21.0', 'jsii@5.8.9', 'jsii-pacmak@1.112.0',
    '@microsoft/api-extractor@^7', '@types/node@^20', 'fast-check@^4', 'hcl2-parser', 'tsx', 'web-tree-sitter@^0.27', 'tree-sitter-powershell@0.26.4',
  ],

  tsconfig: {
    fileName: 'tsconfig.build.json',
    compilerOptions: { ...compilerOptions, types: ['node'], outDir: 'dist/compiled', incremental: true, tsBuildInfoFile: 'dist/compiled/.tsbuildinfo' },
    include: ['lib/**/*.ts'],
  },
  tsconfigDev: {
    fileName: 'tsconfig.json',
    compilerOptions: {
      ...compilerOptions,
      noEmit: true,
      types: ['jest', 'node'],
      // The types of fast-check name files that only newer kinds of module resolution find.
      skipLibCheck: true,
      rootDir: '.',
      paths: {
        'proxmox-constructs': ['./lib/index.ts'],
        'proxmox-constructs/assertions': ['./lib/assertions/index.ts'],
        'proxmox-constructs/simulator': ['./lib/simulator/index.ts'],
        'proxmox-constructs/bindings/*': ['./lib/bindings/*/index.ts'],
      },
    },
    include: ['lib/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'tools/**/*.ts'],
    exclude: ['node_modules', 'dist', 'examples/*/cdktf.out'],
  },

  eslint: true,
  eslintOptions: {
    dirs: ['lib'],
    devdirs: ['test', 'examples', 'bench', 'tools'],
    ignorePatterns: ['**/cdktf.out/**', 'lib/bindings/proxmox/**', 'lib/bindings/talos/**', 'dist/**'],
    commandOptions: { fix: false },
  },
  jest: true,
  // The types are checked by themselves; here each file is only translated.
  tsJestOptions: {
    transformOptions: {
      tsconfig: typescript.TsJestTsconfig.custom({ target: 'ES2022', module: 'commonjs', isolatedModules: true, sourceMap: true }),
    },
  },
  jestOptions: {
    configFilePath: 'jest.config.json',
    junitReporting: false,
    preserveDefaultReporters: true,
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      // Two cores are worth two workers; by itself jest would leave one to the watcher.
      maxWorkers: '100%',
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/conformance/', '<rootDir>/test/package/'],
      clearMocks: false,
      moduleNameMapper: {
        '^proxmox-constructs$': '<rootDir>/lib/index.ts',
        '^proxmox-constructs/assertions$': '<rootDir>/lib/assertions/index.ts',
        '^proxmox-constructs/simulator$': '<rootDir>/lib/simulator/index.ts',
      },
    },
  },
  sampleCode: false,
  github: false,
  depsUpgrade: false,
  release: false,
  vscode: false,
  licensed: true,
  npmignoreEnabled: false,
});
project.eslint!.addRules({
  'import/no-restricted-paths': ['error', {
    zones: rooms.flatMap((room) => rooms.filter((other) => other !== room && whyNot(room, other)).map((other) => ({
      target: `./lib/${room}`,
      from: `./lib/${other}`,
      message: whyNot(room, other)!,
    }))),
  }],
  '@stylistic/max-len': ['error', { code: 160, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
  'import/order': ['error', { groups: ['builtin', 'external', ['internal', 'parent'], 'sibling', 'index'], alphabetize: { order: 'asc', caseInsensitive: true } }],
  'max-lines': ['error', { max: 500 }],
});

// Tests read file modes and make certificates, which are made of bits.
project.eslint!.addOverride({ files: ['test/**/*.ts'], rules: { 'no-bitwise': 'off' } });

/** What programs can import: subpath, and the file in `dist/<core>` without its extension. */
const entryPoints: { [subpath: string]: string } = {
  '': 'index',
  'assertions': 'assertions/index',
  'simulator': 'simulator/index',
  'bindings/*': 'bindings/*/index',
};
const subpaths = Object.entries(entryPoints).flatMap(([subpath, file]) => [
  { subpath, file: `./dist/cdktf/${file}` },
  { subpath: subpath === '' ? 'cdktn' : `cdktn/${subpath}`, file: `./dist/cdktn/${file}` },
]);
project.package.addField('exports', {
  ...Object.fromEntries(subpaths.map(({ subpath, file }) => [subpath === '' ? '.' : `./${subpath}`, { types: `${file}.d.ts`, default: `${file}.js` }])),
  './package.json': './package.json',
});
// For moduleResolution node (node10), which does not read exports.
project.package.addField('typesVersions', {
  '*': Object.fromEntries(subpaths.filter(({ subpath }) => subpath !== '').map(({ subpath, file }) => [subpath, [`${file}.d.ts`]])),
});
project.package.addBin({ 'proxmox-constructs-simulator': './dist/cdktf/simulator/bin.mjs' });
project.package.addField('files', ['dist/cdktf', 'dist/cdktn', 'ansible', 'docs/errors.md']);
// A program has one of the two cores.
// Its next release came without the binaries of some platforms, and `npm ci` refuses a lock file that names what is not there.
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
project.package.addField('peerDependenciesMeta', { cdktf: { optional: true }, cdktn: { optional: true } });

project.compileTask.exec('node tools/build/finish.mjs');
project.testTask.reset();
project.testTask.exec('node tools/build/check.mjs');
project.testTask.exec('jest --ci', { receiveArgs: true });
project.addTask('package-test', {
  description: 'Packs the package, installs it in fresh apps on both cores, and uses it from all kinds of programs',
  steps: [{ spawn: 'compile' }, { exec: 'tsx test/package/main.ts', receiveArgs: true }],
});
project.addTask('api', {
  description: 'Writes what the package offers to api/; with --check, says whether that is what stands there',
  steps: [{ spawn: 'compile' }, { exec: 'tsx tools/build/api.ts', receiveArgs: true }],
});
project.addTask('errors', { description: 'Writes docs/errors.md from the tables of rules', exec: 'tsx tools/build/errors.ts' });
project.gitignore.addPatterns('cdktf.out/', '.terraform/', '.terraform.lock.hcl', '*.tfstate', '*.tfstate.*', 'examples/**/manifest.json');

const programs: Record<string, [string, string]> = {
  'synth': ['tools/synth/main.ts', 'Synthesizes the examples and prints what came out'],
  'bindings': ['tools/bindings/generate.ts', 'Generates the bindings of the providers from their pinned schemas'],
  'tools': ['tools/install.ts', 'Installs the real tools outside of the tree'],
  'fidelity': ['tools/fidelity/main.ts', 'Replays exchanges of a real Proxmox VE on the simulated one and compares the answers'],
  'conformance': ['test/conformance/main.ts', 'Lets the real tools judge the output of the examples'],
  'bench': ['bench/main.ts', 'Measures the library against a program written by hand'],
  'e2e': ['test/e2e/main.ts', 'Deploys on a simulated Proxmox VE with the real tools, and looks what came of it'],
  'acceptance': ['test/acceptance/main.ts', 'Lets the real installer of Debian 12 run under QEMU, as far as it comes without a mirror; not part of CI'],
  'demo': ['tools/demo/main.ts', 'Shows a whole deployment on a simulated Proxmox VE, step by step'],
  'ansible-test': ['test/ansible/run.ts', 'Runs the Ansible roles twice against root file systems'],
};
for (const [name, [program, description]] of Object.entries(programs)) {
  project.addTask(name, { description, exec: `tsx ${program}`, receiveArgs: true });
}

const jestConfig = project.jest!.config;
jestConfig.testMatch = ['<rootDir>/test/**/*.test.ts'];
for (const key of Object.keys(jestConfig)) {
  if (/coverage/i.test(key)) delete jestConfig[key];
}

project.synth();
