import { Problems } from '../core';
import { Block, Body, Expression } from '../hcl';
import { isIdentifier } from '../hcl/syntax';
import { isLiteral } from './plugin-text';
import { RequiredPlugin } from './required-plugin';
import { packerRules } from './rules';

/** Methods of a HTTP request. */
export enum HttpMethod {
  /** DELETE. */
  DELETE = 'DELETE',
  /** GET; the default. */
  GET = 'GET',
  /** HEAD. */
  HEAD = 'HEAD',
  /** OPTIONS. */
  OPTIONS = 'OPTIONS',
  /** PATCH. */
  PATCH = 'PATCH',
  /** POST. */
  POST = 'POST',
  /** PUT. */
  PUT = 'PUT',
}

/** What may be said of every data source. */
export interface DataSourceOptions {
  /**
   * Remark for readers of the template.
   * @default - no comment
   */
  readonly comment?: string;
}

/** What is said of a HTTP request. */
export interface HttpDataSourceProps extends DataSourceOptions {
  /** What is asked; it has to answer with a text and a status 2xx. */
  readonly url: string;
  /**
   * Method of the request.
   * @default HttpMethod.GET
   */
  readonly method?: HttpMethod;
  /**
   * Headers of the request.
   * @default - none
   */
  readonly requestHeaders?: { [name: string]: string };
  /**
   * Body of the request.
   * @default - empty
   */
  readonly requestBody?: string;
}

/** What is said of a data source that has no function here. */
export interface CustomDataSourceOptions extends DataSourceOptions {
  /**
   * Nested blocks.
   * @default - none
   */
  readonly blocks?: Block[];
  /**
   * The plugin that has the data source.
   * @default - it is a part of Packer
   */
  readonly requiredPlugin?: RequiredPlugin;
}

/**
 * Something that Packer looks up before it builds; `packer validate` leaves it unknown.
 *
 * @see https://developer.hashicorp.com/packer/docs/datasources
 */
export class DataSource {
  /** The answer to a HTTP request: attributes `body` and `request_headers`. */
  public static http(name: string, props: HttpDataSourceProps): DataSource {
    const problems = new Problems(`packer.DataSource(${name})`);
    problems.check(!isLiteral(props.url) || /^https?:\/\/\S+$/.test(props.url), packerRules['packer-data-url'], { property: 'url', received: props.url });
    return new DataSource(problems, 'http', name, {
      url: props.url,
      method: props.method,
      request_headers: props.requestHeaders,
      request_body: props.requestBody,
    }, props);
  }

  /** A text that is handed through: attribute `output`. */
  public static nullSource(name: string, input: string, options: DataSourceOptions = {}): DataSource {
    return new DataSource(new Problems(`packer.DataSource(${name})`), 'null', name, { input }, options);
  }

  /**
   * A data source that has no function here. Its attributes are handed over as they are.
   *
   * @param type type of the data source, such as `amazon-ami`
   * @param name name in the template
   * @param attributes attributes as the plugin spells them
   * @param options what may be said of it besides
   */
  public static custom(
    type: string, name: string, attributes: { [name: string]: any } = {}, options: CustomDataSourceOptions = {},
  ): DataSource {
    return new DataSource(new Problems(`packer.DataSource(${name})`), type, name, attributes, options);
  }

  /** The plugin that has the data source; undefined where it is a part of Packer. */
  public readonly requiredPlugin?: RequiredPlugin;

  private constructor(
    problems: Problems,
    /** Type of the data source. */
    public readonly type: string,
    /** Name of the data source in its template. */
    public readonly name: string,
    private readonly attributes: { [name: string]: any },
    private readonly options: CustomDataSourceOptions,
  ) {
    problems
      .check(isIdentifier(type), packerRules['packer-data-name'], { property: 'type', received: type })
      .check(isIdentifier(name), packerRules['packer-data-name'], { property: 'name', received: name });
    if (problems.all.length === 0) problems.collect('', () => this.toBlock());
    problems.throwIfAny();
    this.requiredPlugin = options.requiredPlugin;
  }

  /** A value that was looked up, such as `body` of a HTTP request. */
  public attribute(path: string): Expression {
    return Expression.reference(`data.${this.type}.${this.name}.${path}`);
  }

  /** The block that declares the data source. */
  public toBlock(): Block {
    return new Block('data', [this.type, this.name], new Body(this.attributes, this.options.blocks), { comment: this.options.comment });
  }
}
