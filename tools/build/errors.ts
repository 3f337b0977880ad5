import * as fs from 'node:fs';
import * as path from 'node:path';
import { errorsPage } from './errors-page';

const file = path.resolve(__dirname, '../../docs/errors.md');
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, errorsPage());
